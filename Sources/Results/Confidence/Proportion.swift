import SimulationCore

/// The interval of a fraction.
enum Proportion {
    /// Half of the interval of the share that `part` of `whole` independent trials have; nil without trials.
    ///
    /// Source: Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    /// Statistical Association 22 (1927).
    static func halfWidth(of part: Int, in whole: Int, confidence: Double) -> Double? {
        guard whole > 0 else { return nil }
        let share = Double(part) / Double(whole)
        let count = Double(whole)
        let z = normalQuantile(confidence)
        let spread = (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
        return z * spread / (1 + z * z / count)
    }

    /// The value that a standard normal variable's magnitude does not exceed with probability `confidence`.
    ///
    /// By an expansion of the tail with an error below 4.5e-4.
    ///
    /// Source: Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 26.2.23.
    private static func normalQuantile(_ confidence: Double) -> Double {
        let t = (-2 * NaturalLogarithm.of((1 - confidence) / 2)).squareRoot()
        let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
        let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
        return t - numerator / denominator
    }
}
