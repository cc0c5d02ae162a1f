import Cluster
import SimulationCore

/// Which requests get a row of their own in `results.sqlite`.
package enum RecordSelection: Sendable, Equatable {
    case all
    case none
    /// Each with this probability, above 0 and below 1: the same ones in every run with one seed, and those of
    /// a smaller sample are in every larger one.
    case sample(fraction: Double)

    package static let standardFraction = 0.01

    /// Reads `all`, `none`, `sample` or `sample=FRACTION`; nil for anything else.
    package init?(_ text: String) {
        switch text {
        case "all": self = .all
        case "none": self = .none
        case "sample": self = .sample(fraction: Self.standardFraction)
        default:
            let parts = text.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0] == "sample", let fraction = Double(parts[1]),
                fraction > 0, fraction < 1
            else { return nil }
            self = .sample(fraction: fraction)
        }
    }

    /// What `init` reads.
    package var text: String {
        switch self {
        case .all: "all"
        case .none: "none"
        case .sample(let fraction): "sample=\(fraction)"
        }
    }

    @inline(__always)
    func keeps(_ record: RequestRecord, seed: UInt64) -> Bool {
        switch self {
        case .all: return true
        case .none: return false
        case .sample(let fraction):
            var draw = RandomDraw(
                seed: seed,
                purpose: .record,
                entity: record.device,
                request: record.sequence
            )
            return draw.chance(fraction)
        }
    }
}
