import Bottleneck
import Foundation
import TestSupport
import Testing

/// Files of this package.
enum Repository {
    static func path(_ name: String) -> String { PackageFolder.file(name).path }

    static var quickstart: String { path("Scenarios/quickstart.json") }
    /// What the reference profile calls a level of the quickstart's unit.
    static func unitKey(level: Int) throws -> String {
        let bytes = [UInt8](try bytes(path("Scenarios/units/fashion-waist.bottleneck")))
        return "waist unit \(BottleneckBundle.digest(of: bytes).prefix(12)) level \(level)"
    }

    static var network: String { path("Scenarios/models/fashion-resnet.onnx") }

    /// The shipped scenarios.
    static let scenarios = [
        "adaptive-policy", "agreement", "crowded-cell", "gpu-edge", "quickstart",
        "reference-profile",
    ]

    /// ScenarioTests read them: the first needs a network and images that are not in the repository, the others
    /// take long.
    static let scenariosOnlyRead = [
        "imagenet-lte", "mlperf/multi-stream", "mlperf/offline", "mlperf/server",
        "mlperf/single-stream",
    ]

    static func scenario(_ name: String) -> String { path("Scenarios/\(name).json") }

    /// Every scenario is tested: a new one has to be added to the list.
    static var scenarioFiles: [String] {
        get throws {
            try FileManager.default.subpathsOfDirectory(atPath: path("Scenarios"))
                .filter { $0.hasSuffix(".json") && $0 != "scenario.schema.json" }
                .filter { !$0.hasPrefix("profiles/") }.sorted()
        }
    }

    static func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }
}
