package import Cluster
import FoundationEssentials

extension ServiceProfile {
    /// What every complaint about a profile ends with.
    static let remedy = "measure one with `simcoord profile SCENARIO --out FILE`"

    private static let largestFile = 64 << 20

    /// Reads a profile.
    ///
    /// - Throws: `InvalidInput` when the file is not there, is no profile, or holds figures that
    ///   nothing can take.
    package static func load(path: String) throws(InvalidInput) -> ServiceProfile {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw InvalidInput("\(path): the profile cannot be read; \(remedy)")
        }
        guard bytes.count <= largestFile else {
            throw InvalidInput(
                "\(path): the profile is larger than \(largestFile >> 20) MiB; \(remedy)"
            )
        }
        return try decode(bytes, path: path)
    }

    /// Refuses a profile of another network: its durations would mean nothing.
    ///
    /// - Parameters:
    ///   - network: SHA-256 of the scenario's network, as `NetworkPlan.networkDigest`.
    ///   - path: of the profile, for the message.
    /// - Throws: `InvalidInput`, which names both networks.
    package func check(network: String, path: String) throws(InvalidInput) {
        guard self.network != network else { return }
        throw InvalidInput(
            "\(path): the profile was measured with another network (SHA-256 "
                + "\(self.network.prefix(12))…, not \(network.prefix(12))…); \(Self.remedy)"
        )
    }

    private struct Version: Decodable { let schema: Int }

    private static func decode(_ bytes: Data, path: String) throws(InvalidInput) -> ServiceProfile {
        var profile: ServiceProfile
        var isJSON = false
        do {
            let version = try JSONDecoder().decode(Version.self, from: bytes).schema
            isJSON = true
            guard version == currentSchema else {
                throw InvalidInput(
                    "\(path): the profile has schema \(version), and this version reads "
                        + "\(currentSchema); \(remedy)"
                )
            }
            profile = try JSONDecoder().decode(Self.self, from: bytes)
        } catch let error as InvalidInput {
            throw error
        } catch {
            throw InvalidInput("\(path): this is no profile (\(reason(error, isJSON))); \(remedy)")
        }
        let problems = profile.problems
        guard problems.isEmpty else {
            throw InvalidInput(problems.map { "\(path): \($0); \(remedy)" })
        }
        for index in profile.measurements.indices
        where profile.measurements[index].spanNanoseconds == nil {
            profile.measurements[index].nanoseconds.sort()
        }
        return profile
    }

    /// A decoding error in one line; of JSON, numbers are all that has no place.
    private static func reason(_ error: any Error, _ isJSON: Bool) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        switch error {
        case .keyNotFound(let key, let context):
            return "\(place(context.codingPath)) lacks “\(key.stringValue)”"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "\(place(context.codingPath)) has the wrong type"
        case .dataCorrupted(let context):
            guard context.codingPath.isEmpty else {
                return "\(place(context.codingPath)) has a value that is not allowed"
            }
            return isJSON ? "a number is not a whole one that fits in 64 bits" : "it is not JSON"
        @unknown default: return "\(error)"
        }
    }

    private static func place(_ path: [any CodingKey]) -> String {
        guard !path.isEmpty else { return "the file" }
        return path.map { key in key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)" }
            .joined().trimmingPrefix(".").description
    }
}
