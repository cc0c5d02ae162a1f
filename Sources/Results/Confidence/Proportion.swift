/// The intervals of fractions, at one confidence.
struct Proportion {
    /// The value that a standard normal variable's magnitude does not exceed with that probability.
    private let quantile: Double

    /// - Parameter confidence: between 0 and 1, exclusive.
    init(confidence: Double) {
        // Student's t with so many degrees of freedom is a normal variable to six digits.
        quantile = StudentT.quantile(confidence: confidence, degreesOfFreedom: 1_000_000)
    }

    /// How far the interval of the share that `part` of `whole` independent trials have reaches from that share, on the
    /// side where it reaches further; nil without trials.
    ///
    /// Source: Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    /// Statistical Association 22 (1927).
    func halfWidth(of part: Int, in whole: Int) -> Double? {
        guard whole > 0 else { return nil }
        let (share, count) = (Double(part) / Double(whole), Double(whole))
        let square = quantile * quantile
        let spread = (share * (1 - share) / count + square / (4 * count * count)).squareRoot()
        // The interval's centre lies nearer to a half than the share.
        return (quantile * spread + square / count * abs(0.5 - share)) / (1 + square / count)
    }
}
