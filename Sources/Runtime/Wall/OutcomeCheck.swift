import Cluster
import SimulationCore

/// Holds what the requests of a wall run yielded against the outcome table.
struct OutcomeCheck {
    /// Beyond this many, disagreements are only counted.
    private static let bound = 1_000
    /// The top two logits of a near tie differ by less, and batched kernels may flip it.
    private static let nearTie: Float = 1e-4

    private let table: OutcomeTable
    /// What differs, a request each.
    private(set) var disagreements: [String] = []
    private var count = 0
    private var flips = 0

    init(_ table: OutcomeTable) { self.table = table }

    /// A sentence about disagreements that no near tie explains; nil when there are none.
    var invalidReason: String? {
        guard count > flips else { return nil }
        return
            "\(count - flips) requests yielded something else than the outcome table says, and not "
            + "for a near tie."
    }

    mutating func check(_ record: RequestRecord) {
        guard let point = record.operatingPoint,
            Int(record.sample) < table.outcomes[Int(point)].count
        else { return }
        let outcome = table.outcome(operatingPoint: Int(point), sample: Int(record.sample))
        var problems: [String] = []
        let isCoded = record.encodeEnd != .absent
        if isCoded, record.payloadBytes != outcome.payloadBytes {
            problems.append("payload \(record.payloadBytes) B, not \(outcome.payloadBytes) B")
        }
        if record.state == .completed, record.prediction != outcome.prediction {
            let isNearTie = outcome.margin < Self.nearTie
            let text = { (label: Int32?) in label.map { "\($0)" } ?? "none" }
            problems.append(
                "prediction \(text(record.prediction)), not \(text(outcome.prediction)), "
                    + (isNearTie ? "a near tie" : "by a margin of \(outcome.margin)")
            )
            if isNearTie, problems.count == 1 { flips += 1 }
        }
        guard !problems.isEmpty else { return }
        count += 1
        guard disagreements.count < Self.bound else { return }
        disagreements.append(
            "request \(record.sequence) of device \(record.device), sample \(record.sample): "
                + problems.joined(separator: "; ")
        )
    }
}
