import Foundation
package import Graph
import TestSupport

/// The nine light networks that `Tools/models/light-networks` fetches.
package enum LightNetworks {
    package static let names = [
        "light_bvlc_alexnet", "light_densenet121", "light_inception_v1", "light_inception_v2",
        "light_resnet50", "light_shufflenet", "light_squeezenet", "light_vgg19", "light_zfnet512",
    ]

    package static let skipMessage: String =
        "the light networks are not there: run Tools/models/light-networks"

    package static var areFetched: Bool {
        names.allSatisfy { FileManager.default.isReadableFile(atPath: file($0).path) }
    }

    package static func load(_ name: String) throws -> Network {
        try Network(contentsOf: file(name))
    }

    private static func file(_ name: String) -> URL {
        PackageFolder.file(".cache/light-networks/\(name).onnx")
    }
}
