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

    /// How many seeds have an interval of a figure, and in how many it covers the truth.
    private struct Cover {
        var given = 0.0
        var covering = 0.0

        mutating func add(_ truth: Double, _ value: Double?, _ halfWidth: Double?) {
            guard let value, let halfWidth else { return }
            given += 1
            covering += abs(value - truth) <= halfWidth ? 1 : 0
        }

        /// Three standard deviations of so many covers around 95 %, and more for batches that still
        /// depend on each other.
        func isNominal(shortfall: Double = 0) -> Bool {
            covering >= given * (0.95 - shortfall) - 3 * (given * 0.95 * 0.05).squareRoot()
        }
    }

    /// Of the mean, and of each of `percents`.
    private struct Coverage {
        var mean = Cover()
        var percentiles = CoverageTests.percents.map { _ in Cover() }
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
            let halfWidth = batches.meanHalfWidth(confidence: 0.95)
            self.mean.add(mean, all.mean, halfWidth)
            self.halfWidth += (halfWidth ?? 0) / Double(CoverageTests.seeds)
            let found = all.percentiles(CoverageTests.percents)
            let halfWidths = batches.percentileHalfWidths(CoverageTests.percents, confidence: 0.95)
            for index in percentiles.indices {
                let value = found[index].map { Double($0) }
                self.percentiles[index].add(percentiles[index], value, halfWidths[index])
            }
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
        #expect(
            coverage.mean.given == Double(Self.seeds) && coverage.mean.isNominal(),
            "\(coverage)"
        )
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
        for cover in [coverage.mean] + coverage.percentiles {
            #expect(cover.given >= 0.8 * Double(Self.seeds) && cover.isNominal(), "\(coverage)")
        }
    }

    /// Between 100 and 105 ms, a few of the histograms' buckets: their width counts as well.
    @Test func `percentiles of durations that hardly differ`() {
        var coverage = Coverage()
        for seed in 1...Self.seeds {
            var generator = SeededGenerator(seed: seed &* 32_452_843)
            let values = (0..<30_000).map { _ in
                1e8 + 5e6 * Double(generator.next() >> 11) / 0x1p53
            }
            let truths = Self.percents.map { 1e8 + 5e6 * $0 / 100 }
            coverage.add(values, mean: 1.025e8, percentiles: truths)
        }
        for cover in [coverage.mean] + coverage.percentiles {
            #expect(cover.given >= 0.8 * Double(Self.seeds) && cover.isNominal(), "\(coverage)")
        }
    }

    /// Sojourn times are exponential with mean 1/(1 - ρ) service times.
    private func sojourns(load: Double, count: Int) -> Coverage {
        let mean = 1e6 / (1 - load)
        var coverage = Coverage()
        for seed in 1...Self.seeds {
            var generator = SeededGenerator(seed: seed &* 15_485_863)
            // The first wait is the stationary one: none with probability 1 - ρ.
            let isIdle = Double(generator.next() >> 11) / 0x1p53 >= load
            var wait = isIdle ? 0 : mean * exponential(&generator)
            let values = (0..<count).map { _ in
                let sojourn = wait + 1e6 * exponential(&generator)
                wait = max(0, sojourn - 1e6 / load * exponential(&generator))
                return sojourn
            }
            let truths = Self.percents.map { -mean * log(1 - $0 / 100) }
            coverage.add(values, mean: mean, percentiles: truths)
        }
        return coverage
    }

    @Test func `sojourns of M/M/1 at half load, by Lindley's recursion`() {
        let coverage = sojourns(load: 0.5, count: 30_000)
        for cover in [coverage.mean] + coverage.percentiles {
            #expect(cover.given >= 0.8 * Double(Self.seeds), "\(coverage)")
            #expect(cover.isNominal(shortfall: 0.02), "\(coverage)")
        }
    }

    /// Batches of 2,048 are some twenty times as long as the queue remembers: enough for the mean, not for p99.
    @Test func `batches too short for a percentile give no interval rather than a wrong one`() {
        let coverage = sojourns(load: 0.9, count: 40_000)
        #expect(coverage.mean.given == Double(Self.seeds), "\(coverage)")
        #expect(coverage.mean.isNominal(shortfall: 0.02), "\(coverage)")
        #expect(coverage.percentiles[1].isNominal(shortfall: 0.02), "\(coverage)")
        #expect(coverage.percentiles[3].given <= 0.1 * Double(Self.seeds), "\(coverage)")
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
        let halfWidths = batches.percentileHalfWidths([50, 99], confidence: 0.95)
        // Known to the histogram's thousandth.
        #expect(abs((halfWidths[0] ?? 0) - 1000) < 10 && halfWidths[1] == nil)
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
        let estimates = counts.map { 10 + 16 / Double($0) }
        let squares = estimates.reduce(0) { $0 + ($1 - whole) * ($1 - whole) }
        let error = (squares / 15 / 16).squareRoot()
        let found = try #require(batches.percentileHalfWidths([50], confidence: 0.9)[0])
        // Hall's correction of a t statistic for skewness ("On the removal of skewness by transformation",
        // Journal of the Royal Statistical Society B 54, 1992), at the interval's far end.
        let mean = estimates.reduce(0, +) / 16
        let second = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 15
        let third = estimates.reduce(0) { $0 + pow($1 - mean, 3) } * 16 / 15 / 14
        let skewness = abs(third) / pow(second, 1.5)
        let statistic = -(found - whole / 1000) / error
        let corrected =
            statistic + skewness * statistic * statistic / 3 / 4
            + skewness * skewness * pow(statistic, 3) / 27 / 16 + skewness / 6 / 4
        let quantile = StudentT.quantile(confidence: 0.9, degreesOfFreedom: 15)
        #expect(abs(corrected + quantile) < 1e-9)
        let relative = try #require(batches.relativeHalfWidth(.p50, confidence: 0.9))
        #expect(abs(relative - found / whole) < 1e-9)
    }

    /// As an overloaded queue has them: their sum is beyond 64 bits.
    @Test func `latencies of centuries altogether have percentiles`() {
        let day = SimulationDuration.seconds(86_400)
        var statistics = DurationStatistics()
        for _ in 0..<300_000 { statistics.record(day) }
        #expect(statistics.percentiles([50, 99]) == [day.nanoseconds, day.nanoseconds])
        #expect(statistics.value(rank: 300_000) == day.nanoseconds)
        #expect(statistics.mean == Double(day.nanoseconds))
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
