import SimulationCore

/// Resamples of the images, the same for every mean that is taken with it, so that differences
/// between curves are paired.
///
/// The intervals are percentile intervals: Efron and Tibshirani, "An introduction to the
/// bootstrap" (1993), chapter 13.
package struct Bootstrap: Sendable {
    package let imageCount: Int
    /// 0 for a single image, which tells nothing of its spread.
    package let resampleCount: Int
    /// How often each image is in each resample, [image][resample].
    private let multiplicities: [UInt8]

    /// `imageCount` is positive; the resamples are a function of the three numbers only.
    package init(imageCount: Int, resampleCount: Int = 1000, seed: UInt64) {
        precondition(imageCount > 0, "there is nothing to resample")
        precondition(resampleCount >= 0, "the number of resamples cannot be negative")
        self.imageCount = imageCount
        let resampleCount = imageCount > 1 ? resampleCount : 0
        self.resampleCount = resampleCount
        var multiplicities = [UInt8](repeating: 0, count: imageCount * resampleCount)
        for resample in 0..<resampleCount {
            var draw = RandomDraw(seed: seed, purpose: .bootstrap, entity: UInt32(resample))
            for _ in 0..<imageCount {
                let image = Int(draw.below(UInt64(imageCount)))
                multiplicities[image * resampleCount + resample] += 1
            }
        }
        self.multiplicities = multiplicities
    }

    /// The mean of `values`, one an image, in the sample and in every resample.
    package func mean(of values: [Double]) -> ResampledMean {
        precondition(values.count == imageCount, "every image has one value")
        let scale = 1 / Double(imageCount)
        var sums = [Double](repeating: 0, count: resampleCount)
        multiplicities.withUnsafeBufferPointer { multiplicities in
            for (image, value) in values.enumerated() {
                let row = image * resampleCount
                for resample in 0..<resampleCount {
                    sums[resample] += Double(multiplicities[row + resample]) * value
                }
            }
        }
        return ResampledMean(
            value: values.reduce(0, +) * scale,
            resamples: sums.map { $0 * scale }
        )
    }

    /// Central 95 % interval of a statistic's values in the resamples; nil if more than one in
    /// twenty resamples does not have the statistic, or if there are fewer than 20.
    static func interval(of statistics: [Double?]) -> ClosedRange<Double>? {
        let sorted = statistics.compactMap(\.self).sorted()
        guard sorted.count >= 20, sorted.count * 20 >= statistics.count * 19 else { return nil }
        return quantile(0.025, of: sorted)...quantile(0.975, of: sorted)
    }

    /// Linear between order statistics (type 7 of Hyndman and Fan, American Statistician 50, 1996).
    private static func quantile(_ fraction: Double, of sorted: [Double]) -> Double {
        let position = fraction * Double(sorted.count - 1)
        let below = Int(position)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (sorted[above] - sorted[below]) * (position - Double(below))
    }
}
