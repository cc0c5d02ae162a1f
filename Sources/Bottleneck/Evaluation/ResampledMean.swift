/// A mean over the images, and what it is in each resample of a bootstrap.
package struct ResampledMean: Equatable, Sendable {
    package let value: Double
    /// Empty without a bootstrap.
    let resamples: [Double]

    /// The mean and its 95 % interval.
    package var estimate: Estimate {
        Estimate(value, interval: Bootstrap.interval(of: resamples))
    }

    /// In one resample, or in the sample itself.
    func value(in resample: Int?) -> Double { resample.map { resamples[$0] } ?? value }
}
