/// Means, rates at given qualities and differences of rate, with their intervals.
///
/// Table and JSON are renderings of it.
package struct EvaluationAnalysis: Sendable {
    package let evaluation: Evaluation
    /// Of `evaluation.curves`, in their order.
    package let curves: [ResampledCurve]
    /// Means and intervals of `curves`.
    package let summaries: [CurveSummary]
    /// KL, in nats, at which bytes are read off the curves.
    package let divergenceTargets: [Double]
    /// [curve][target].
    package let ratesAtTargets: [[RateAtQuality]]
    /// Every curve but the anchor, by every metric that is known.
    package let comparisons: [RateComparison]

    /// KL of about 1 point and of about 0.3 points of accuracy on ImageNet.
    package static let standardTargets = [0.04, 0.015]

    /// An analysis that is a function of its arguments only.
    package init(
        _ evaluation: Evaluation,
        divergenceTargets: [Double] = standardTargets,
        resampleCount: Int = 1000,
        seed: UInt64 = 0
    ) {
        self.evaluation = evaluation
        self.divergenceTargets = divergenceTargets
        let bootstrap = Bootstrap(
            imageCount: evaluation.imageNames.count,
            resampleCount: resampleCount,
            seed: seed
        )
        let curves = evaluation.curves.map { $0.resampled(bootstrap) }
        self.curves = curves
        summaries = curves.map(\.summary)
        ratesAtTargets = curves.map { curve in
            divergenceTargets.map { curve.rate(at: $0, .divergence) }
        }
        let anchor = curves.first { $0.name == evaluation.anchor }
        let others = curves.filter { $0.name != evaluation.anchor }
        comparisons = others.flatMap { curve -> [RateComparison] in
            guard let anchor else { return [] }
            return QualityMetric.allCases.filter { $0.isKnown(to: curve) && $0.isKnown(to: anchor) }
                .map { RateComparison(curve, anchor, $0) }
        }
    }
}

extension QualityMetric {
    fileprivate func isKnown(to curve: ResampledCurve) -> Bool {
        curve.points.contains { $0[self] != nil }
    }
}
