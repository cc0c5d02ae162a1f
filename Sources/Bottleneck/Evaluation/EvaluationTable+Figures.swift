import Foundation

extension EvaluationTable {
    static let dash = "–"

    /// A figure and half the width of its interval, or a dash for an unknown one.
    static func estimate(_ estimate: Estimate?, _ format: (Double) -> String) -> String {
        guard let estimate else { return dash }
        guard let interval = estimate.interval else { return format(estimate.value) }
        let half = (interval.upperBound - interval.lowerBound) / 2
        return "\(format(estimate.value)) ± \(format(half))"
    }

    static func bytes(_ value: Double) -> String {
        String(format: value < 100 ? "%.1f" : "%.0f", value)
    }

    /// A share in per cent, without the sign.
    static func percent(_ share: Double) -> String { String(format: "%.1f", share * 100) }

    static func nats(_ divergence: Double) -> String { String(format: "%.4f", divergence) }

    static func change(_ fraction: Double) -> String { String(format: "%+.1f %%", fraction * 100) }

    static func count(_ cost: CurveCost?, _ figure: KeyPath<CurveCost, Int?>) -> String {
        guard let cost else { return "" }
        return cost[keyPath: figure].map(String.init) ?? dash
    }
}
