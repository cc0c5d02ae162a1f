import Foundation
import Testing

@testable import Results

@Suite struct DistributionTests {
    /// Tables of Student's t, two-sided.
    @Test(arguments: [
        (0.95, 1, 12.7062), (0.95, 4, 2.7764), (0.95, 15, 2.1314), (0.95, 30, 2.0423),
        (0.99, 9, 3.2498), (0.90, 120, 1.6577),
    ])
    func `t quantiles are those of the tables`(confidence: Double, degrees: Int, value: Double) {
        let quantile = StudentT.quantile(confidence: confidence, degreesOfFreedom: degrees)
        #expect(abs(quantile - value) < 6e-5)
    }

    @Test(arguments: [(10, 0.3), (60, 0.01), (500, 0.1), (3000, 0.01)])
    func `the binomial tail is the sum of its terms`(trials: Int, probability: Double) {
        for events in stride(from: 0, through: trials, by: max(1, trials / 23)) {
            let exact = binomialSum(atMost: events, of: trials, probability: probability)
            let tail = IncompleteBeta.binomial(
                atMost: events,
                of: trials,
                probability: probability
            )
            #expect(abs(tail - exact) < 1e-10)
        }
    }

    @Test func `the incomplete beta function is symmetric`() {
        for x in [0.001, 0.2, 0.5, 0.93] {
            let left = IncompleteBeta.regularized(x, 3.5, 40)
            let right = IncompleteBeta.regularized(1 - x, 40, 3.5)
            #expect(abs(left + right - 1) < 1e-12)
        }
    }
}

/// By the recurrence of the terms, from the first.
func binomialSum(atMost events: Int, of trials: Int, probability: Double) -> Double {
    var term = exp(Double(trials) * log1p(-probability))
    var sum = term
    for event in stride(from: 1, through: events, by: 1) {
        term *= Double(trials - event + 1) / Double(event) * probability / (1 - probability)
        sum += term
    }
    return sum
}
