package import Foundation

/// Where this package lies.
package enum PackageFolder {
    package static let url = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    package static var path: String { url.path }

    package static func file(_ name: String) -> URL { url.appending(path: name) }

    /// Data that lies beside the package on some machines.
    package static let sharedData =
        ProcessInfo.processInfo.environment["SIMCOORD_DATA"].map { URL(filePath: $0) }
        ?? url.deletingLastPathComponent().appending(path: "shared/data")

    /// Whether Fashion-MNIST has been unpacked.
    package static var hasImages: Bool {
        FileManager.default.fileExists(atPath: file(".datasets/fashion-mnist").path)
    }
}
