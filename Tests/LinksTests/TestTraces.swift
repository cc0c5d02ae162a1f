import Foundation
import Links
import SimulationCore
import TestSupport
import Testing

/// Real traces and short ways to make small ones.
enum TestTraces {
    static let absent: Comment =
        "no data: set SIMCOORD_DATA or place it in ../shared/data beside the package"

    /// The folder of real traces, if this machine has it.
    static let folder: URL? = {
        let traces = PackageFolder.sharedData.appending(path: "traces")
        return FileManager.default.fileExists(atPath: traces.path()) ? traces : nil
    }()

    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = try #require(folder)
        return [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }

    static func load(
        _ name: String,
        _ options: TraceOptions = TraceOptions()
    ) throws -> BandwidthTrace {
        try BandwidthTrace.parse(bytes(name), file: name, options: options)
    }

    static func parse(
        _ text: String,
        _ options: TraceOptions = TraceOptions()
    ) throws(TraceError) -> BandwidthTrace {
        try BandwidthTrace.parse([UInt8](text.utf8), file: "test", options: options)
    }
}
