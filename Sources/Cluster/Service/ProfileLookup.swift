package import Scenario
import SimulationCore

/// What a scenario needs and no profile holds.
package struct MissingMeasurements: Error, Sendable, CustomStringConvertible {
    /// Stage and key of each.
    package var wanted: [String]

    package var description: String {
        "the profile lacks measurements of " + wanted.joined(separator: ", ")
            + "; measure them with `simcoord profile SCENARIO --out PROFILE`"
    }
}

/// Looks stages up in profiles and remembers what it did not find.
struct ProfileLookup {
    private(set) var missing: [String] = []

    mutating func device(
        _ point: OperatingPoint,
        _ profile: ServiceProfile,
        _ factors: Hardware.Factors
    ) -> ServiceTimes.DevicePoint {
        var result = ServiceTimes.DevicePoint()
        if let head = point.headKey {
            result.head = stage(.head, head, profile, factors.inference)
        }
        if point.isOffloaded {
            result.encode = stage(.encode, point.codecKey, profile, factors.coding)
        }
        return result
    }

    mutating func stage(
        _ stage: ServiceProfile.Stage,
        _ key: String,
        _ profile: ServiceProfile,
        _ factor: Double
    ) -> StageDuration {
        guard
            let found = profile.measurements(of: stage, key: key).first(where: { $0.batch == 1 })
        else {
            note(stage, key)
            return .none
        }
        return .measured(MeasuredDurations(found), factor: factor)
    }

    /// Decoding after another payload of the batch; nil in profiles without batches.
    func laterDecode(
        _ point: OperatingPoint,
        _ profile: ServiceProfile,
        _ factor: Double
    ) -> StageDuration? {
        profile.measurements(of: .decode, key: point.codecKey)
            .first { $0.batch == ServiceProfile.laterInBatch }
            .map { .measured(MeasuredDurations($0), factor: factor) }
    }

    /// A tail's curve up to a batch of `largest`; one measured size tells nothing of larger ones.
    mutating func curve(
        _ key: String,
        upTo largest: Int,
        _ profile: ServiceProfile,
        _ factor: Double
    ) -> BatchCurve {
        let found = profile.measurements(of: .tail, key: key)
        guard !found.isEmpty else {
            note(.tail, key)
            return .empty
        }
        let sizes = Set(found.map(\.batch))
        if sizes.count == 1, let only = sizes.first, only < largest {
            note(.tail, key, " in batches of more than \(only)")
        }
        return BatchCurve(found, factor: factor)
    }

    private mutating func note(
        _ stage: ServiceProfile.Stage,
        _ key: String,
        _ batches: String = ""
    ) {
        let name = "\(stage.rawValue) “\(key)”\(batches)"
        if !missing.contains(name) { missing.append(name) }
    }
}

extension BatchCurve {
    /// The curve of a tail that no request reaches.
    static let empty = BatchCurve(
        [.init(stage: .tail, key: "", batch: 1, busySlots: 1, nanoseconds: [0])],
        factor: 1
    )
}

extension Hardware.Factors {
    /// The profile's own host.
    package static let unscaled = Hardware.Factors(inference: 1, coding: 1)
}

extension Scenario {
    /// The operating points that some policy may choose, ascending.
    package var reachablePoints: [Int] {
        Set(devices.flatMap(\.policy.operatingPoints)).sorted()
    }
}
