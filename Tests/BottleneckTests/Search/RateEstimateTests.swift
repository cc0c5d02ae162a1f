import Foundation
import Testing

@testable import Bottleneck

@Suite struct RateEstimateTests {
    /// Entropy and squared error of a rounded Laplacian, summed and integrated numerically.
    private func reference(variance: Double, step: Double) -> (bits: Double, distortion: Double) {
        let scale = (variance / 2).squareRoot()
        func density(_ x: Double) -> Double { exp(-abs(x) / scale) / (2 * scale) }
        var (bits, distortion) = (0.0, 0.0)
        for magnitude in 0..<400 {
            let pieces = 400
            var mass = 0.0
            for piece in 0..<pieces {
                let offset = ((Double(piece) + 0.5) / Double(pieces) - 0.5) * step
                let share = density(Double(magnitude) * step + offset) * step / Double(pieces)
                mass += share
                distortion += (magnitude == 0 ? 1 : 2) * share * offset * offset
            }
            if mass > 0 { bits -= (magnitude == 0 ? 1 : 2) * mass * log2(mass) }
        }
        return (bits, distortion)
    }

    @Test(arguments: [0.05, 0.3, 1, 2.5, 7])
    func `a rounded Laplacian's entropy and error`(step: Double) {
        let expected = reference(variance: 1, step: step)
        let found = RateEstimate.laplacian(variance: 1, step: step)
        #expect(abs(found.bits - expected.bits) < 2e-3 * max(expected.bits, 1))
        #expect(abs(found.distortion - expected.distortion) < 2e-3 * expected.distortion)
    }

    @Test func `errors scale with the variance, bits do not`() {
        let one = RateEstimate.laplacian(variance: 1, step: 0.7)
        let other = RateEstimate.laplacian(variance: 9, step: 2.1)
        #expect(abs(one.bits - other.bits) < 1e-12)
        #expect(abs(9 * one.distortion - other.distortion) < 1e-12)
    }

    @Test func `the extremes`() {
        let wide = RateEstimate.laplacian(variance: 1, step: 1e6)
        #expect(wide.bits == 0)
        #expect(wide.distortion == 1)
        // Fine steps cost the density's entropy less log2 of the step (Gish and Pierce, 1968).
        let fine = RateEstimate.laplacian(variance: 1, step: 1e-3)
        #expect(abs(fine.bits - (log2(2 * M_E / 2.0.squareRoot()) - log2(1e-3))) < 1e-3)
        #expect(abs(fine.distortion - 1e-6 / 12) < 1e-9)
    }
}
