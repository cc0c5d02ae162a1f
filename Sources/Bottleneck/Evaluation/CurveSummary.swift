/// A curve as it is printed and drawn: measured here, or published by others.
package struct CurveSummary: Equatable, Sendable {
    package var name: String
    package var kind: CurveKind
    package var cost: CurveCost
    package var points: [PointSummary]

    package init(
        _ name: String,
        kind: CurveKind,
        cost: CurveCost = CurveCost(),
        points: [PointSummary]
    ) {
        self.name = name
        self.kind = kind
        self.cost = cost
        self.points = points
    }
}
