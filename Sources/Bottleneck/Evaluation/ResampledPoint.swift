/// The means of a rate point in the sample and in every resample of a bootstrap.
package struct ResampledPoint: Equatable, Sendable {
    let name: String
    let bytes: ResampledMean
    let divergence: ResampledMean?
    let agreement: ResampledMean?
    let accuracy: ResampledMean?

    /// Means with their 95 % intervals.
    var summary: PointSummary {
        PointSummary(
            name: name,
            bytes: bytes.estimate,
            divergence: divergence?.estimate,
            agreement: agreement?.estimate,
            accuracy: accuracy?.estimate
        )
    }

    /// Nil if the point does not know it.
    subscript(metric: QualityMetric) -> ResampledMean? {
        switch metric {
        case .divergence: divergence
        case .agreement: agreement
        case .accuracy: accuracy
        }
    }
}
