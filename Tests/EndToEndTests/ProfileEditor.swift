import Foundation
import Testing

/// Changes measurements of the reference profile.
enum ProfileEditor {
    private typealias Measurement = [String: Any]

    static func without(key: String) throws -> Data {
        try edited { $0.filter { $0["key"] as? String != key } }
    }

    /// The measurements of one key stand for those of another, too.
    static func copying(key: String, to other: String) throws -> Data {
        try edited { measurements in
            measurements
                + measurements.filter { $0["key"] as? String == key }
                .map { $0.merging(["key": other]) { _, new in new } }
        }
    }

    private static func edited(_ edit: ([Measurement]) -> [Measurement]) throws -> Data {
        let path = Repository.path("Scenarios/profiles/reference.json")
        let whole = try JSONSerialization.jsonObject(with: Repository.bytes(path))
        var profile = try #require(whole as? [String: Any])
        profile["measurements"] = edit(try #require(profile["measurements"] as? [Measurement]))
        return try JSONSerialization.data(withJSONObject: profile)
    }
}
