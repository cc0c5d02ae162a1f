import Bottleneck
import Foundation
import Testing

struct ResampledCurveTests {
    @Test func `means and their intervals are those of the images`() throws {
        let measurements = (0..<400).map { image in
            Measurement(
                payloadBytes: 100 + image,
                divergence: Double(image) / 1000,
                agrees: image % 4 != 0
            )
        }
        let curve = RateAccuracyCurve("c", kind: .klt, points: [RatePoint("p", measurements)])
        let bootstrap = Bootstrap(imageCount: 400, resampleCount: 2000, seed: 3)
        let point = curve.resampled(bootstrap).summary.points[0]
        #expect(abs(point.bytes.value - 299.5) < 1e-9)
        #expect(try abs(#require(point.divergence).value - 0.1995) < 1e-12)
        #expect(point.accuracy == nil)
        let agreement = try #require(point.agreement)
        let interval = try #require(agreement.interval)
        #expect(abs(agreement.value - 0.75) < 1e-12)
        // The normal approximation of a binomial share: ±1.96 sqrt(0.75 · 0.25 / 400).
        let half = 1.96 * (0.75 * 0.25 / 400).squareRoot()
        #expect(abs(interval.lowerBound - (0.75 - half)) < 0.2 * half)
        #expect(abs(interval.upperBound - (0.75 + half)) < 0.2 * half)
    }

    @Test func `a bootstrap is a function of its seed`() {
        let values = (0..<50).map(Double.init)
        func mean(_ seed: UInt64) -> ResampledMean {
            Bootstrap(imageCount: 50, resampleCount: 100, seed: seed).mean(of: values)
        }
        #expect(mean(1) == mean(1))
        #expect(mean(1) != mean(2))
    }

    @Test func `one image has a mean without width`() {
        let mean = Bootstrap(imageCount: 1, resampleCount: 100, seed: 0).mean(of: [3])
        #expect(mean.estimate == Estimate(3, interval: nil))
    }

    @Test func `a power law is met between the points`() throws {
        let curve = SimulatedCurve(scale: 1000, noise: 0).curve("c")
        let bootstrap = Bootstrap(imageCount: 200, resampleCount: 100, seed: 1)
        let resampled = curve.resampled(bootstrap)
        let points = resampled.summary.points
        let (first, last) = (points[0], points[points.count - 1])
        let low = try #require(last.divergence).value
        let high = try #require(first.divergence).value
        let slope = log(last.bytes.value / first.bytes.value) / log(low / high)
        for target in [high, 0.05, 0.02, low] {
            guard case .bytes(let bytes) = resampled.rate(at: target, .divergence) else {
                Issue.record("KL \(target) is between the ends of the curve")
                continue
            }
            let expected = first.bytes.value * pow(target / high, slope)
            #expect(abs(bytes.value / expected - 1) < 1e-4)
        }
        #expect(resampled.rate(at: low / 2, .divergence) == .notReached)
        guard case .below(let bytes) = resampled.rate(at: high * 2, .divergence) else {
            Issue.record("the cheapest point is better than KL \(high * 2)")
            return
        }
        #expect(abs(bytes / first.bytes.value - 1) < 1e-12)
    }

    @Test func `a point that another betters in both does not count`() {
        func point(_ bytes: Int, _ divergence: Double) -> RatePoint {
            RatePoint(
                "\(bytes)",
                [Measurement(payloadBytes: bytes, divergence: divergence, agrees: true)]
            )
        }
        let bootstrap = Bootstrap(imageCount: 1, resampleCount: 0, seed: 0)
        let good = [point(100, 0.2), point(400, 0.02)]
        func rate(_ points: [RatePoint]) -> RateAtQuality {
            RateAccuracyCurve("c", kind: .ours, points: points).resampled(bootstrap)
                .rate(at: 0.05, .divergence)
        }
        #expect(rate([point(200, 0.3)] + good) == rate(good))
        #expect(rate(good + [point(300, 0)]) == rate(good))
    }
}
