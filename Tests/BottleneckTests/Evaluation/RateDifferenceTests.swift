import Bottleneck
import Foundation
import Testing

struct RateDifferenceTests {
    private let bootstrap = Bootstrap(imageCount: 200, resampleCount: 200, seed: 7)

    private func difference(
        _ test: RateAccuracyCurve,
        _ anchor: RateAccuracyCurve,
        _ metric: QualityMetric = .divergence
    ) throws -> RateDifference {
        try RateDifference(
            of: test.resampled(bootstrap),
            against: anchor.resampled(bootstrap),
            metric
        )
    }

    @Test(arguments: QualityMetric.allCases)
    func `seven tenths of the bytes are 30 % less`(_ metric: QualityMetric) throws {
        // 1000 times the bytes make their rounding to whole ones negligible.
        let anchor = SimulatedCurve(scale: 1000, noise: 0).curve("anchor")
        let test = SimulatedCurve(scale: 700, noise: 0).curve("test")
        let change = try difference(test, anchor, metric).change
        let interval = try #require(change.interval)
        #expect(abs(change.value + 0.3) < 1e-5)
        #expect(abs(interval.lowerBound + 0.3) < 1e-5 && abs(interval.upperBound + 0.3) < 1e-5)
    }

    @Test(arguments: QualityMetric.allCases)
    func `a curve against itself gives 0 without width`(_ metric: QualityMetric) throws {
        let curve = SimulatedCurve().curve("a")
        let change = try difference(curve, curve, metric).change
        #expect(change == Estimate(0, interval: 0...0))
    }

    @Test func `swapping the curves changes the sign of the logarithm`() throws {
        let a = SimulatedCurve(divergences: [0.4, 0.1, 0.02]).curve("a")
        let b = SimulatedCurve(scale: 1.4, divergences: [0.2, 0.07, 0.01]).curve("b", own: 1)
        for metric in QualityMetric.allCases {
            let forth = try difference(a, b, metric).change.value
            let back = try difference(b, a, metric).change.value
            #expect(abs(log(1 + forth) + log(1 + back)) < 1e-12)
        }
    }

    @Test func `a power law is averaged exactly over the range that both reach`() throws {
        // ln bytes is linear in ln KL on both curves, with slopes that differ by their points.
        func curve(_ points: [(Int, Double)]) -> RateAccuracyCurve {
            RateAccuracyCurve(
                "\(points.count)",
                kind: .ours,
                points: points.map { bytes, divergence in
                    RatePoint(
                        "\(bytes)",
                        (0..<200).map { _ in
                            Measurement(payloadBytes: bytes, divergence: divergence, agrees: true)
                        }
                    )
                }
            )
        }
        let anchor = curve([(1000, 0.1), (4000, 0.025), (10000, 0.01)])
        let test = curve([(100, 0.16), (400, 0.04), (1600, 0.01), (2500, 0.0064)])
        let result = try difference(test, anchor)
        // Anchor 100 / KL, test 16 / KL: the same slope, so the ratio is 0.16 wherever they meet.
        #expect(abs(result.change.value + 0.84) < 1e-12)
        #expect(abs(result.overlap.lowerBound - 0.01) < 1e-12)
        #expect(abs(result.overlap.upperBound - 0.1) < 1e-12)
    }

    @Test func `the interval covers the truth about as often as it says`() throws {
        // The truth holds for the means over infinitely many images: the noise of the bytes is
        // centred, and KL is shared, so that only the bytes' own noise separates the curves.
        var covered = 0
        for trial in 0..<60 {
            let small = Bootstrap(imageCount: 60, resampleCount: 200, seed: UInt64(trial))
            let model = SimulatedCurve(imageCount: 60, noise: 0.5)
            var cheap = model
            cheap.scale = 0.8
            let images = UInt64(1000 + trial)
            let change = try RateDifference(
                of: cheap.curve("cheap", images: images, own: 1).resampled(small),
                against: model.curve("dear", images: images, own: 2).resampled(small),
                .divergence
            ).change
            if try #require(change.interval).contains(-0.2) { covered += 1 }
        }
        // 57 expected; fewer than 50 of 60 has a probability of 0.3 % at 95 % coverage.
        #expect(covered >= 50)
    }

    @Test func `curves without a common range are refused in words`() throws {
        let poor = SimulatedCurve(divergences: [0.9, 0.7]).curve("poor")
        let fine = SimulatedCurve(divergences: [0.02, 0.01]).curve("fine")
        let error = #expect(throws: BottleneckError.self) { try difference(poor, fine) }
        let text = try #require(error).description
        #expect(text.hasPrefix("poor against fine: no common range of KL (poor has "))
        #expect(text.hasSuffix("measure rate points of like quality"))
    }

    @Test func `a metric that one curve lacks is refused`() {
        let labelled = SimulatedCurve().curve("labelled")
        let other = SimulatedCurve(isLabelled: false).curve("unlabelled")
        let error = #expect(throws: BottleneckError.self) {
            try difference(other, labelled, .accuracy)
        }
        #expect(error?.reason.contains("unlabelled has none") == true)
    }
}
