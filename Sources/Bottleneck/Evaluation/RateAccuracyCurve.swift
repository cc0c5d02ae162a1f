/// A family of rate points of one method, all measured on the same images.
package struct RateAccuracyCurve: Equatable, Sendable {
    /// What tables and legend call it; unique in an evaluation.
    package var name: String
    package var kind: CurveKind
    package var cost: CurveCost
    package let points: [RatePoint]

    /// A curve whose points, at least one, have the same number of images.
    package init(
        _ name: String,
        kind: CurveKind,
        cost: CurveCost = CurveCost(),
        points: [RatePoint]
    ) {
        precondition(!points.isEmpty, "a curve without points cannot be drawn")
        precondition(
            points.allSatisfy { $0.measurements.count == points[0].measurements.count },
            "the points of a curve are measured on the same images"
        )
        self.name = name
        self.kind = kind
        self.cost = cost
        self.points = points
    }

    /// The number of images that every point was measured on.
    package var imageCount: Int { points[0].measurements.count }

    /// Means over the images, and over each of the resamples of `bootstrap`, of every point.
    package func resampled(_ bootstrap: Bootstrap) -> ResampledCurve {
        ResampledCurve(
            name: name,
            kind: kind,
            cost: cost,
            points: points.map { $0.resampled(bootstrap) }
        )
    }
}
