import Foundation
import Testing

/// Takes measurements out of the reference profile.
enum ProfileEditor {
    static func without(key: String) throws -> Data {
        let path = Repository.path("Scenarios/profiles/reference.json")
        let whole = try JSONSerialization.jsonObject(with: Repository.bytes(path))
        var profile = try #require(whole as? [String: Any])
        let measurements = try #require(profile["measurements"] as? [[String: Any]])
        profile["measurements"] = measurements.filter { $0["key"] as? String != key }
        return try JSONSerialization.data(withJSONObject: profile)
    }
}
