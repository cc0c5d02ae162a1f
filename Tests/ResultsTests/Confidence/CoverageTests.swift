import Foundation
import SimulationCore
import Testing

@testable import Results

/// Intervals of sequences whose mean and percentiles are known: over many seeds so many must cover them
/// as their confidence says, within what the number of seeds allows.
@Suite struct CoverageTests {
    private static let seeds: UInt64 = 200

    /// The share of seeds whose interval covers `truth`; intervals that are not there do not.
    private func coverage(
        of truth: Double,
        percent: Double? = nil,
        confidence: Double = 0.95,
        _ draw: (inout TestGenerator) -> [Double]
    ) -> Double {
        var covered = 0
        for seed in 1...Self.seeds {
            var generator = TestGenerator(state: seed &* 7919)
            var batches = DurationBatches()
            let values = draw(&generator)
            for value in values {
                batches.record(SimulationDuration(nanoseconds: Int64(value.rounded())))
            }
            let halfWidth =
                percent.map { batches.percentileHalfWidths([$0], confidence: confidence)[0] }
                ?? batches.meanHalfWidth(confidence: confidence)
            guard let halfWidth else { continue }
            let sorted = values.sorted()
            let value =
                percent.map { sorted[Int((Double(sorted.count) * $0 / 100).rounded(.up)) - 1] }
                ?? values.reduce(0, +) / Double(values.count)
            if abs(value - truth) <= halfWidth { covered += 1 }
        }
        return Double(covered) / Double(Self.seeds)
    }

    private func exponential(_ generator: inout TestGenerator) -> Double {
        -log1p(-Double.random(in: 0..<1, using: &generator))
    }

    private func normal(_ generator: inout TestGenerator) -> Double {
        (2 * exponential(&generator)).squareRoot()
            * cos(2 * .pi * Double.random(in: 0..<1, using: &generator))
    }

    /// Four standard deviations of the share around 0.95 and, for dependent sequences, the known shortfall of
    /// batches that are still correlated.
    private func isNominal(_ share: Double, shortfall: Double = 0) -> Bool {
        let error = 4 * (0.95 * 0.05 / Double(Self.seeds)).squareRoot()
        return share >= 0.95 - error - shortfall && share <= 1
    }

    @Test(arguments: [0.0, 0.5, 0.9])
    func `the mean of an AR(1) sequence`(correlation: Double) {
        let share = coverage(of: 1e6) { generator in
            var state = normal(&generator) / (1 - correlation * correlation).squareRoot()
            return (0..<6000).map { _ in
                state = correlation * state + normal(&generator)
                return 1e6 + 1e4 * state
            }
        }
        #expect(isNominal(share), "\(share)")
    }

    @Test(arguments: [50.0, 90, 95, 99])
    func `percentiles of independent exponentials`(percent: Double) {
        let truth = -1e6 * log(1 - percent / 100)
        let share = coverage(of: truth, percent: percent) { generator in
            (0..<10_000).map { _ in 1e6 * exponential(&generator) }
        }
        #expect(isNominal(share), "\(share)")
    }

    /// Sojourn times: mean 1/(1 - ρ), percentiles of the exponential with that mean.
    @Test(arguments: [nil, 50.0, 99])
    func `M/M/1 at half load, by Lindley's recursion`(percent: Double?) {
        let load = 0.5
        let mean = 1e6 / (1 - load)
        let truth = percent.map { -mean * log(1 - $0 / 100) } ?? mean
        let share = coverage(of: truth, percent: percent) { generator in
            var wait = 0.0
            // Emptied by a long start that is not recorded.
            return (0..<21_000).map { _ in
                let service = 1e6 * exponential(&generator)
                let sojourn = wait + service
                wait = max(0, sojourn - 1e6 / load * exponential(&generator))
                return sojourn
            }.suffix(20_000)
        }
        #expect(isNominal(share, shortfall: 0.02), "\(share)")
    }

    @Test func `short sequences have no interval rather than a wrong one`() {
        var batches = DurationBatches()
        for _ in 0..<79 { batches.record(.milliseconds(1)) }
        #expect(batches.meanHalfWidth(confidence: 0.95) == nil)
        batches.record(.milliseconds(1))
        #expect(batches.meanHalfWidth(confidence: 0.95) == 0)
        #expect(batches.percentileHalfWidths([50, 99], confidence: 0.95) == [0, nil])
    }

    @Test func `batches double in size and keep everything`() {
        var batches = DurationBatches()
        for index in 0..<100_000 { batches.record(.microseconds(Int64(index))) }
        #expect((16..<DurationBatches.mostBatches).contains(batches.count))
        #expect(batches.batchSize * batches.count <= 100_000)
        #expect(batches.batchSize * (batches.count + 1) > 100_000)
    }
}
