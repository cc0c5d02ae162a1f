import Foundation

/// How many more bytes one curve needs than another for the same quality, on average over the
/// qualities that both reach.
///
/// Source: Bjøntegaard, "Calculation of average PSNR differences between RD-curves", VCEG-M33
/// (2001), with the piecewise cubic interpolation that JCTVC-L1100 (2013) puts in the place of one
/// cubic, and -ln KL, agreement or accuracy in the place of PSNR.
package struct RateDifference: Equatable, Sendable {
    /// -0.3 is 30 % fewer bytes than the anchor.
    package let change: Estimate
    /// The qualities that both curves reach, over which the difference is averaged.
    package let overlap: ClosedRange<Double>

    /// The difference of `test` against `anchor`, two curves resampled by one bootstrap.
    ///
    /// Its interval comes from doing all of it anew in every resample; there is none if more than
    /// one in twenty of them has no overlap.
    ///
    /// - Throws: `BottleneckError` if the two have no common range of the metric.
    package init(
        of test: ResampledCurve,
        against anchor: ResampledCurve,
        _ metric: QualityMetric
    ) throws(BottleneckError) {
        precondition(test.resampleCount == anchor.resampleCount, "one bootstrap serves both curves")
        let frontiers = (test.frontier(metric), anchor.frontier(metric))
        guard let (change, range) = Self.change(frontiers.0, frontiers.1) else {
            throw Self.refusal(test, frontiers.0, anchor, frontiers.1, metric)
        }
        let resamples = (0..<test.resampleCount).map { resample in
            Self.change(
                test.frontier(metric, resample: resample),
                anchor.frontier(metric, resample: resample)
            )?.change
        }
        self.change = Estimate(change, interval: Bootstrap.interval(of: resamples))
        let ends = (metric.quality(at: range.lowerBound), metric.quality(at: range.upperBound))
        overlap = min(ends.0, ends.1)...max(ends.0, ends.1)
    }

    /// The change of rate and the coordinates it is averaged over; nil without a common range.
    private static func change(
        _ test: RateFrontier?,
        _ anchor: RateFrontier?
    ) -> (change: Double, range: ClosedRange<Double>)? {
        guard let test, let anchor else { return nil }
        let compared = test.metric.comparedCoordinates
        guard test.coordinates.overlaps(anchor.coordinates),
            case let common = test.coordinates.clamped(to: anchor.coordinates),
            common.overlaps(compared),
            case let range = common.clamped(to: compared),
            let testMean = test.meanLogBytes(over: range),
            let anchorMean = anchor.meanLogBytes(over: range)
        else { return nil }
        return (exp(testMean - anchorMean) - 1, range)
    }

    private static func refusal(
        _ test: ResampledCurve,
        _ testFrontier: RateFrontier?,
        _ anchor: ResampledCurve,
        _ anchorFrontier: RateFrontier?,
        _ metric: QualityMetric
    ) -> BottleneckError {
        func reach(_ curve: ResampledCurve, _ frontier: RateFrontier?) -> String {
            guard let frontier else { return "\(curve.name) has none" }
            let worst = metric.text(metric.quality(at: frontier.coordinates.lowerBound))
            let best = metric.text(metric.quality(at: frontier.coordinates.upperBound))
            return "\(curve.name) has " + (worst == best ? worst : "\(worst) to \(best)")
        }
        return BottleneckError(
            "\(test.name) against \(anchor.name)",
            "no common range of \(metric.title) (\(reach(test, testFrontier)), "
                + "\(reach(anchor, anchorFrontier)))",
            remedy: "measure rate points of like quality"
        )
    }
}
