/// What `evaluation.json` holds.
struct EvaluationRecord: Encodable {
    private let format = 1
    private let title: String
    private let imageCount: Int
    private let uncutAccuracy: Double?
    private let anchor: String?
    private let notes: [String]
    private let curves: [Curve]
    private let published: [Curve]
    private let comparisons: [Comparison]

    init(_ analysis: EvaluationAnalysis) {
        let evaluation = analysis.evaluation
        title = evaluation.title
        imageCount = evaluation.imageNames.count
        uncutAccuracy = evaluation.uncutAccuracy
        anchor = evaluation.anchor
        notes = evaluation.notes
        curves = zip(analysis.summaries, analysis.ratesAtTargets).map { summary, rates in
            Curve(summary, rates: zip(analysis.divergenceTargets, rates).map(Rate.init))
        }
        published = evaluation.published.map { Curve($0, rates: nil) }
        comparisons = analysis.comparisons.map(Comparison.init)
    }

    private struct Figure: Encodable {
        let value: Double
        let interval: [Double]?

        init(_ estimate: Estimate) {
            value = estimate.value
            interval = estimate.interval.map { [$0.lowerBound, $0.upperBound] }
        }
    }

    private struct Point: Encodable {
        let name: String
        let bytes: Figure
        let divergence: Figure?
        let agreement: Figure?
        let accuracy: Figure?

        init(_ point: PointSummary) {
            name = point.name
            bytes = Figure(point.bytes)
            divergence = point.divergence.map(Figure.init)
            agreement = point.agreement.map(Figure.init)
            accuracy = point.accuracy.map(Figure.init)
        }
    }

    private struct Rate: Encodable {
        let divergence: Double
        var bytes: Figure?
        /// Set if the cheapest point, of so many bytes, is better already.
        var below: Double?

        init(_ divergence: Double, _ rate: RateAtQuality) {
            self.divergence = divergence
            switch rate {
            case .bytes(let estimate): bytes = Figure(estimate)
            case .below(let bytes): below = bytes
            case .notReached: break
            }
        }
    }

    private struct Curve: Encodable {
        let name: String
        let kind: CurveKind
        let cost: CurveCost
        let points: [Point]
        let bytesAtDivergence: [Rate]?

        init(_ curve: CurveSummary, rates: [Rate]?) {
            name = curve.name
            kind = curve.kind
            cost = curve.cost
            points = curve.points.map(Point.init)
            bytesAtDivergence = rates
        }
    }

    private struct Comparison: Encodable {
        let curve: String
        let anchor: String
        let metric: String
        var change: Figure?
        var overlap: [Double]?
        /// Why there is no difference.
        var refusal: String?

        init(_ comparison: RateComparison) {
            curve = comparison.curve
            anchor = comparison.anchor
            metric = comparison.metric.rawValue
            switch comparison.outcome {
            case .success(let difference):
                change = Figure(difference.change)
                overlap = [difference.overlap.lowerBound, difference.overlap.upperBound]
            case .failure(let error): refusal = error.description
            }
        }
    }
}
