/// A curve's means in the sample and in every resample of a bootstrap: what intervals, rates at a
/// quality and differences of rate are computed from.
package struct ResampledCurve: Equatable, Sendable {
    package let name: String
    package let kind: CurveKind
    package let cost: CurveCost
    let points: [ResampledPoint]

    /// How many resamples there are.
    var resampleCount: Int { points[0].bytes.resamples.count }

    /// Means and 95 % intervals of every point.
    package var summary: CurveSummary {
        CurveSummary(name, kind: kind, cost: cost, points: points.map(\.summary))
    }

    /// Bytes per image at a mean `quality`, between the curve's points.
    package func rate(at quality: Double, _ metric: QualityMetric) -> RateAtQuality {
        guard let frontier = frontier(metric) else { return .notReached }
        guard let bytes = frontier.bytes(at: quality) else {
            let isAbove = metric.coordinate(quality).map { $0 < frontier.coordinates.lowerBound }
            return isAbove == true ? .below(frontier.firstBytes) : .notReached
        }
        let resamples = (0..<resampleCount).map { resample in
            self.frontier(metric, resample: resample)?.bytes(at: quality)
        }
        return .bytes(Estimate(bytes, interval: Bootstrap.interval(of: resamples)))
    }

    /// Bytes over quality in one resample, or in the sample itself; nil if no point has a place on
    /// the metric's axis.
    func frontier(_ metric: QualityMetric, resample: Int? = nil) -> RateFrontier? {
        RateFrontier(
            metric: metric,
            points: points.compactMap { point in
                point[metric].map { quality in
                    (point.bytes.value(in: resample), quality.value(in: resample))
                }
            }
        )
    }
}
