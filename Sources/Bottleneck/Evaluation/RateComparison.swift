/// A curve against the anchor at equal quality, or why that says nothing.
package struct RateComparison: Sendable {
    package let curve: String
    package let anchor: String
    package let metric: QualityMetric
    package let outcome: Result<RateDifference, BottleneckError>

    init(_ curve: ResampledCurve, _ anchor: ResampledCurve, _ metric: QualityMetric) {
        self.curve = curve.name
        self.anchor = anchor.name
        self.metric = metric
        outcome = Result { () throws(BottleneckError) in
            try RateDifference(of: curve, against: anchor, metric)
        }
    }
}
