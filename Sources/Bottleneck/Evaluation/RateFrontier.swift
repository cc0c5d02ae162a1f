import Foundation

/// The bytes that a curve needs for a quality: the points that no other point of the curve
/// betters in both, joined by monotone cubics of ln bytes over the quality's coordinate.
///
/// Cubics over straight lines because a curve of few points bends between them, and monotone
/// ones because an overshoot would promise bytes that no setting reaches; the same interpolant
/// serves the Bjøntegaard difference, so that both tables tell one story.
struct RateFrontier {
    let metric: QualityMetric
    /// Coordinates of the metric that are reached, lowest to highest.
    let coordinates: ClosedRange<Double>
    /// ln bytes over the coordinate; nil for a single point.
    private let interpolant: MonotoneCubic?
    /// Bytes at the lowest coordinate.
    let firstBytes: Double

    /// Nil if no point has a place on the metric's axis.
    init?(metric: QualityMetric, points: [(bytes: Double, quality: Double)]) {
        var x: [Double] = []
        var y: [Double] = []
        let placed = points.compactMap { point in
            metric.coordinate(point.quality).map { (bytes: point.bytes, coordinate: $0) }
        }
        for point in placed.sorted(by: { ($0.bytes, -$0.coordinate) < ($1.bytes, -$1.coordinate) })
        where point.coordinate > x.last ?? -.infinity {
            x.append(point.coordinate)
            y.append(log(point.bytes))
        }
        guard let low = x.first, let high = x.last else { return nil }
        self.metric = metric
        coordinates = low...high
        interpolant = x.count > 1 ? MonotoneCubic(x: x, y: y) : nil
        firstBytes = exp(y[0])
    }

    /// Bytes per image at `quality`; nil where the curve does not reach or does not start.
    func bytes(at quality: Double) -> Double? {
        guard let coordinate = metric.coordinate(quality), coordinates.contains(coordinate) else {
            return nil
        }
        return interpolant.map { exp($0.value(at: coordinate)) } ?? firstBytes
    }

    /// Mean of ln bytes over coordinates that both ends of `range` reach.
    func meanLogBytes(over range: ClosedRange<Double>) -> Double? {
        guard let interpolant, range.lowerBound < range.upperBound else { return nil }
        return interpolant.integral(over: range) / (range.upperBound - range.lowerBound)
    }
}
