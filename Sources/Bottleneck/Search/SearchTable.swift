import Foundation
import Graph

/// What a search considered, in words.
package enum SearchTable {
    /// Lines without a final line end: the candidates, the choice and why.
    ///
    /// - Parameters:
    ///   - candidates: As `SplitSearch.candidates` gave them.
    ///   - budget: What was asked for.
    ///   - choice: What `SplitSearch.choice` made of it.
    ///   - divergence: At which rates were estimated, in nats.
    /// - Returns: The text.
    package static func text(
        _ candidates: [SplitCandidate],
        budget: SplitSearch.Budget,
        choice: SplitCandidate?,
        divergence: Double
    ) -> String {
        let model: SplitSearch.LatencyModel? =
            if case .latency(_, let model) = budget { model } else { nil }
        var table = TextTable(
            ["", "tensor", "shape", "head MACs", "encoder MACs", "on the device", "bytes"]
                + (model == nil ? [] : ["latency"]),
            textColumns: 3
        )
        for candidate in candidates {
            let shape = candidate.point.type.shape.dropFirst().map(String.init)
            table.append(
                [
                    candidate.point.tensor == choice?.point.tensor ? "→" : "",
                    candidate.point.tensor,
                    shape.joined(separator: "x"),
                    SplitTable.rounded(candidate.point.head.multiplyAccumulates),
                    SplitTable.rounded(candidate.encoderOperations),
                    String(format: "%.1f %%", 100 * candidate.deviceShare),
                    String(format: "%.0f", candidate.bytes),
                ] + (model.map { [String(format: "%.1f ms", 1e3 * $0.seconds(candidate))] } ?? [])
            )
        }
        return table.text + """
            Bytes are estimated from second moments, for a divergence of \(divergence) nats, and typically \
            too few; tensors wider than an earlier one are left out.
            \(reason(budget, choice))
            """
    }

    private static func reason(
        _ budget: SplitSearch.Budget,
        _ choice: SplitCandidate?
    ) -> String {
        let wish =
            switch budget {
            case .bytes(let limit):
                "the earliest cut with at most \(String(format: "%.0f", limit)) bytes"
            case .headShare(let limit):
                "the fewest bytes with at most \(String(format: "%.1f", 100 * limit)) % of the "
                    + "operations on the device"
            case .latency(let limit, _):
                "the earliest cut that answers within \(String(format: "%.1f", 1e3 * limit)) ms"
            }
        return choice.map { "Chosen: '\($0.point.tensor)', \(wish)." } ?? "None is \(wish)."
    }
}
