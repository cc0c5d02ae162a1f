import Foundation
import Scenario
import SimulationCore
import TestSupport
import Testing

@testable import Results

/// Intervals of sequences whose mean and percentiles are known.
///
/// Over many seeds so many must cover them as their confidence says, within what the number of seeds allows.
@Suite struct CoverageTests {
    private static let seeds: UInt64 = 60
    private static let percents = [50.0, 90, 95, 99]

    /// How many seeds' intervals cover the mean, and each of `percents`; no interval covers nothing.
    private struct Coverage {
        var mean = 0.0
        var percentiles = CoverageTests.percents.map { _ in 0.0 }
        /// Of the mean's interval, over the seeds.
        var halfWidth = 0.0

        mutating func add(_ values: [Double], mean: Double, percentiles: [Double]) {
            var batches = DurationBatches()
            var all = DurationStatistics()
            for value in values {
                let duration = SimulationDuration(nanoseconds: Int64(value.rounded()))
                batches.record(duration)
                all.record(duration)
            }
            func covers(_ truth: Double, _ value: Double?, _ halfWidth: Double?) -> Double {
                guard let value, let halfWidth else { return 0 }
                return abs(value - truth) <= halfWidth ? 1 : 0
            }
            self.mean += covers(mean, all.mean, batches.meanHalfWidth(confidence: 0.95))
            let seeds = Double(CoverageTests.seeds)
            halfWidth += (batches.meanHalfWidth(confidence: 0.95) ?? 0) / seeds
            let found = all.percentiles(CoverageTests.percents)
            let halfWidths = batches.percentileHalfWidths(CoverageTests.percents, confidence: 0.95)
            for index in percentiles.indices {
                let value = found[index].map { Double($0) }
                self.percentiles[index] += covers(percentiles[index], value, halfWidths[index])
            }
        }

        /// Three standard deviations of so many covers around 95 %, and more for batches that still
        /// depend on each other.
        func isNominal(_ covered: Double, shortfall: Double = 0) -> Bool {
            let seeds = Double(CoverageTests.seeds)
            return covered >= seeds * (0.95 - shortfall) - 3 * (seeds * 0.95 * 0.05).squareRoot()
        }
    }

    private func exponential(_ generator: inout SeededGenerator) -> Double {
        -log1p(-Double(generator.next() >> 11) / 0x1p53)
    }

    private func normal(_ generator: inout SeededGenerator) -> Double {
        (2 * exponential(&generator)).squareRoot()
            * cos(2 * .pi * Double(generator.next() >> 11) / 0x1p53)
    }

    @Test(arguments: [0.0, 0.5, 0.9])
    func `the mean of an AR(1) sequence`(correlation: Double) {
        var coverage = Coverage()
        for seed in 1...Self.seeds {
            var generator = SeededGenerator(seed: seed &* 7919)
            var state = normal(&generator) / (1 - correlation * correlation).squareRoot()
            let values = (0..<4000).map { _ in
                state = correlation * state + normal(&generator)
                return 1e6 + 1e4 * state
            }
            coverage.add(values, mean: 1e6, percentiles: [])
        }
        #expect(coverage.isNominal(coverage.mean), "\(coverage)")
        // The mean's own standard deviation, and two of it with Student's t for 15 to 30 batches.
        let deviation = 1e4 / (1 - correlation) / Double(4000).squareRoot()
        #expect((1.7...2.4).contains(coverage.halfWidth / deviation), "\(coverage)")
    }

    @Test func `mean and percentiles of independent exponentials`() {
        var coverage = Coverage()
        for seed in 1...Self.seeds {
            var generator = SeededGenerator(seed: seed &* 104_729)
            let values = (0..<30_000).map { _ in 1e6 * exponential(&generator) }
            let truths = Self.percents.map { -1e6 * log(1 - $0 / 100) }
            coverage.add(values, mean: 1e6, percentiles: truths)
        }
        for covered in [coverage.mean] + coverage.percentiles {
            #expect(coverage.isNominal(covered), "\(coverage)")
        }
    }

    /// Sojourn times are exponential with mean 1/(1 - ρ) service times.
    @Test func `sojourns of M/M/1 at half load, by Lindley's recursion`() {
        let mean = 2e6
        var coverage = Coverage()
        for seed in 1...Self.seeds {
            var generator = SeededGenerator(seed: seed &* 15_485_863)
            // The first wait is the stationary one: none with probability 1 - ρ.
            var wait = generator.next() >> 63 == 0 ? 0 : mean * exponential(&generator)
            let values = (0..<30_000).map { _ in
                let sojourn = wait + 1e6 * exponential(&generator)
                wait = max(0, sojourn - 2e6 * exponential(&generator))
                return sojourn
            }
            let truths = Self.percents.map { -mean * log(1 - $0 / 100) }
            coverage.add(values, mean: mean, percentiles: truths)
        }
        for covered in [coverage.mean] + coverage.percentiles {
            #expect(coverage.isNominal(covered, shortfall: 0.03), "\(coverage)")
        }
    }

    @Test func `short sequences have no interval rather than a wrong one`() {
        var batches = DurationBatches()
        for _ in 0..<79 { batches.record(.milliseconds(1)) }
        #expect(batches.meanHalfWidth(confidence: 0.95) == nil)
        batches.record(.milliseconds(1))
        #expect(batches.meanHalfWidth(confidence: 0.95) == 0)
        #expect(batches.percentileHalfWidths([50, 99], confidence: 0.95) == [nil, nil])
        // Sixteen batches of 32.
        for _ in 80..<512 { batches.record(.milliseconds(1)) }
        #expect(batches.percentileHalfWidths([50, 99], confidence: 0.95) == [0, nil])
    }

    /// Sixteen batches of 32, which have k times 10 ns and else 20 ns: a half lies at 10 + 16 / k ns, if durations
    /// count as spread over their nanosecond.
    @Test func `a percentile is interpolated in its bucket`() throws {
        let counts = (0..<16).map { 17 + $0 * 7 % 15 }
        var batches = DurationBatches()
        for count in counts {
            for index in 0..<32 { batches.record(.init(nanoseconds: index < count ? 10 : 20)) }
        }
        #expect(batches.count == 16 && batches.batchSize == 32)
        let whole = 10 + 256 / Double(counts.reduce(0, +))
        let squares = counts.reduce(0) { sum, count in
            let deviation = 10 + 16 / Double(count) - whole
            return sum + deviation * deviation
        }
        let quantile = StudentT.quantile(confidence: 0.9, degreesOfFreedom: 15)
        let halfWidth = quantile * (squares / 15 / 16).squareRoot()
        let found = try #require(batches.percentileHalfWidths([50], confidence: 0.9)[0])
        #expect(abs(found - halfWidth) < 1e-9)
        let relative = try #require(batches.relativeHalfWidth(.p50, confidence: 0.9))
        #expect(abs(relative - halfWidth / whole) < 1e-9)
    }

    @Test func `latencies of zero are known exactly`() {
        var batches = DurationBatches()
        for _ in 0..<80 { batches.record(.zero) }
        #expect(batches.relativeHalfWidth(.mean, confidence: 0.95) == 0)
    }

    @Test func `batches double in size and keep everything`() {
        var batches = DurationBatches()
        var most = 0
        for index in 0..<20_000 {
            batches.record(.microseconds(Int64(index)))
            most = max(most, batches.count)
        }
        #expect(most == DurationBatches.mostBatches - 1)
        #expect((16..<DurationBatches.mostBatches).contains(batches.count))
        #expect(batches.batchSize * batches.count <= 20_000)
        #expect(batches.batchSize * (batches.count + 1) > 20_000)
    }
}
