import Foundation

/// What a search chose by an estimate, held against what was measured of the unit.
package struct SearchVerdict: Sendable {
    private let budget: SplitSearch.Budget
    private let choice: SplitCandidate
    private let divergence: Double

    /// - Parameters:
    ///   - budget: What was asked for.
    ///   - choice: What `SplitSearch.choice` made of it.
    ///   - divergence: At which rates were estimated, in nats.
    package init(
        budget: SplitSearch.Budget,
        choice: SplitCandidate,
        divergence: Double
    ) {
        (self.budget, self.choice, self.divergence) = (budget, choice, divergence)
    }

    /// What the chosen tensor's units need, by measurement, and whether that keeps the budget.
    ///
    /// - Parameter rows: Of the units, evaluated.
    /// - Returns: Some sentences; nil if no row tells a divergence.
    package func text(_ rows: [UnitEvaluation.Row]) -> String? {
        let points = rows.map { ($0.bytes, $0.divergence) }
        guard let frontier = RateFrontier(metric: .divergence, points: points),
            let best = rows.min(by: { $0.divergence < $1.divergence })
        else { return nil }
        if let bytes = frontier.bytes(at: divergence) {
            return sentences("\(rounded(bytes)) bytes at \(divergence) nats", bytes)
        }
        guard best.divergence > divergence else {
            let bytes = frontier.firstBytes
            return sentences(
                "better than \(divergence) nats already at the coarsest rate, \(rounded(bytes)) bytes",
                bytes
            )
        }
        let nearest = String(format: "%.3f nats with %.1f bytes", best.divergence, best.bytes)
        return sentences("not down to \(divergence) nats, at best \(nearest)", .infinity)
    }

    private func sentences(_ measured: String, _ bytes: Double) -> String {
        let candidate = SplitCandidate(
            point: choice.point,
            bytes: bytes,
            encoderOperations: choice.encoderOperations
        )
        let isKept = SplitSearch.choice(of: [candidate], within: budget) != nil
        return "Measured: \(measured); estimated were \(rounded(choice.bytes)) bytes.\n"
            + (isKept
                ? "The budget is kept."
                : "The budget is MISSED; choose a later cut with --split, or allow a larger --divergence.")
    }

    private func rounded(_ bytes: Double) -> String { String(format: "%.1f", bytes) }
}
