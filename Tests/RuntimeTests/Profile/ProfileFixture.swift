import Cluster
import Foundation
import Scenario
import TestSupport

@testable import Runtime

/// A profile of two measurements, files that last as long as a test, and what is shipped.
enum ProfileFixture {
    static let scenarios = PackageFolder.path + "/Scenarios/"
    static let reference = scenarios + "profiles/reference.json"
    static let gpu = scenarios + "profiles/gpu-edge.json"

    static var profile: ServiceProfile {
        ServiceProfile(
            host: .init(processor: "a \"b\" \\ c\u{7}", cores: 2, engine: "ü"),
            network: String(repeating: "0f", count: 32),
            command: "simcoord profile a.json",
            measurements: [
                .init(stage: .head, key: "waist", batch: 1, busySlots: 1, nanoseconds: [5, 3, 4]),
                .init(stage: .tail, key: "waist", batch: 4, busySlots: 2, nanoseconds: [0, 9]),
            ]
        )
    }

    /// Calls `body` with the path of a file of `text`.
    static func withFile<Output>(
        _ text: String,
        _ body: (String) throws -> Output
    ) throws -> Output {
        let path = NSTemporaryDirectory() + "profile-\(UUID().uuidString).json"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        return try body(path)
    }

    /// What loading a file of `text` is refused with, without the path; nil when it is not.
    static func refusals(of text: String) throws -> [String]? {
        try withFile(text) { path in
            do throws(InvalidInput) {
                _ = try ServiceProfile.load(path: path)
                return nil
            } catch {
                return error.problems.map { $0.replacing(path, with: "FILE") }
            }
        }
    }
}

extension ServiceProfile.Measurement {
    var median: Int64 { nanoseconds.sorted()[nanoseconds.count / 2] }
}
