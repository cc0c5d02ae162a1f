import Foundation

/// One figure as each batch of a sequence estimates it, beside its value over the whole sequence.
struct BatchEstimates {
    private let count: Double
    /// The estimates' mean less the value of the whole.
    private let bias: Double
    /// Of the estimates' mean, by their spread around it.
    private let standardError: Double
    /// Of the value of the whole, by the estimates' spread around that.
    private let errorOfWhole: Double
    private let skewness: Double
    private let whole: Double

    /// - Parameters:
    ///   - estimates: three or more.
    ///   - whole: not necessarily their mean.
    init(_ estimates: [Double], of whole: Double) {
        let count = Double(estimates.count)
        let mean = estimates.reduce(0, +) / count
        let deviations = estimates.map { $0 - mean }
        let variance = deviations.reduce(0) { $0 + $1 * $1 } / (count - 1)
        let cubes = deviations.reduce(0) { $0 + $1 * $1 * $1 }
        let aroundWhole = estimates.reduce(0) { $0 + ($1 - whole) * ($1 - whole) }
        self.count = count
        self.whole = whole
        bias = mean - whole
        standardError = (variance / count).squareRoot()
        errorOfWhole = (aroundWhole / (count - 1) / count).squareRoot()
        skewness =
            variance > 0
            ? count / ((count - 1) * (count - 2)) * cubes / (variance * variance.squareRoot()) : 0
    }

    /// Whether the estimates lie to one side of the whole's value by more than chance explains: by their standard
    /// error.
    ///
    /// A batch that is shorter than a queue's busy periods sees none or most of one, and its high percentiles are
    /// too low. In an M/M/1 queue this tells where 95 % intervals cover less than they say: see `CoverageTests`.
    var areBiased: Bool { abs(bias) > max(standardError, whole * Self.negligible) }

    /// Half of the confidence interval of the whole's value.
    ///
    /// Student's t after Johnson's and Hall's correction for skewed estimates, as Willink inverts it ("A confidence
    /// interval and test for the mean of an asymmetric distribution", Communications in Statistics 34, 2005):
    /// a few batches with long busy periods make up much of the mean, and the batches without them spread too little.
    /// Its interval is longer on one side; the longer half counts for both.
    func halfWidth(confidence: Double) -> Double {
        let quantile = StudentT.quantile(
            confidence: confidence,
            degreesOfFreedom: Int(count) - 1
        )
        let shift = abs(skewness) / (6 * count.squareRoot())
        guard shift > Self.negligible else { return quantile * errorOfWhole }
        return (1 - cbrt(1 - 6 * shift * (quantile + shift))) / (2 * shift) * errorOfWhole
    }

    /// A bias relative to the value, or a correction, that makes no difference: an eighth of a histogram's bucket.
    private static let negligible = 1e-3
}
