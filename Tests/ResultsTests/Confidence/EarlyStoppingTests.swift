import Cluster
import SimulationCore
import Testing

@testable import Results

@Suite struct EarlyStoppingTests {
    /// MLPerf inference's LoadGen: 64 queries for SingleStream's 90th percentile and 662 for MultiStream's
    /// 99th, of which one is over the bound; 459 when none is.
    @Test(arguments: [(0.90, 1, 64), (0.99, 1, 662), (0.99, 0, 459), (0.90, 0, 44)])
    func `published counts`(percentile: Double, over: Int, queries: Int) {
        #expect(EarlyStopping(percentile: percentile).neededQueries(over: over) == queries)
    }

    @Test(arguments: [0.5, 0.9, 0.95, 0.97, 0.99])
    func `needed queries are the first whose exact binomial tail is small enough`(
        percentile: Double
    ) {
        let rule = EarlyStopping(percentile: percentile)
        for over in [0, 1, 2, 3, 7, 20, 41] {
            let needed = rule.neededQueries(over: over)
            func tail(_ queries: Int) -> Double {
                binomialSum(atMost: over, of: queries, probability: 1 - percentile)
            }
            #expect(tail(needed) <= 0.01 && tail(needed - 1) > 0.01)
        }
    }

    @Test func `a rank is the most queries over the bound that are allowed`() throws {
        let rule = EarlyStopping(percentile: 0.9)
        #expect(rule.rankFromTop(of: 63) == nil)
        for queries in [64, 100, 1000, 24_576] {
            let rank = try #require(rule.rankFromTop(of: queries))
            #expect(rule.neededQueries(over: rank) <= queries)
            #expect(rule.neededQueries(over: rank + 1) > queries)
        }
    }

    @Test func `many queries over the bound are counted quickly`() {
        let needed = EarlyStopping(percentile: 0.99).neededQueries(over: 1_000_000)
        #expect(needed > 100_000_000 && needed < 101_000_000)
    }

    @Test func `the summary counts what missed its deadline and ranks what completed`() throws {
        // 700 latencies of 45 ms to 744 ms on the phones, which have no deadline.
        let slow = try summarize(
            (0..<700).map { sequence in
                var record = fullRecord(device: 3, sequence: UInt32(sequence))
                record.completed = record.completed + .milliseconds(Int64(sequence))
                return record
            }
        )
        let figures = slow.traffic.statistics.earlyStopping
        #expect(figures.p99.neededRequests == 662 && figures.p99.met)
        #expect(figures.p99.overDeadline == nil)
        #expect(figures.p99.estimate == slow.traffic.latency.max)
        // The cameras' deadline of 60 ms: 3 of 100 miss it.
        let cameras = try summarize(
            (0..<100).map { sequence in
                var record = fullRecord(device: 0, sequence: UInt32(sequence))
                if sequence % 40 == 7 { record.completed = record.completed + .milliseconds(20) }
                return record
            }
        )
        let counted = cameras.traffic.statistics.earlyStopping.p90
        #expect(counted.overDeadline == 3)
        #expect(counted.neededRequests == EarlyStopping(percentile: 0.9).neededQueries(over: 3))
        #expect(counted.met == (100 >= counted.neededRequests))
    }

    /// What did not complete missed its deadline, too; 64 requests suffice for one that did.
    @Test(arguments: [(64, false, true), (63, false, false), (64, true, false)])
    func `a request that was refused is over its deadline`(
        count: UInt32,
        isRefused: Bool,
        isMet: Bool
    ) throws {
        var records = (0..<count).map { fullRecord(device: 0, sequence: $0) }
        records[5].completed = records[5].completed + .milliseconds(20)
        if isRefused {
            records[6].state = .rejected
            records[6].completed = .absent
        }
        let figures = try summarize(records).traffic.statistics.earlyStopping.p90
        #expect(figures.overDeadline == (isRefused ? 2 : 1))
        #expect(figures.met == isMet)
    }

    /// Of 1000 requests the second slowest is p99's estimate: with one of them lost, the slowest that completed.
    @Test(arguments: [0, 1, 2])
    func `without a deadline what did not complete counts as slowest`(lost: Int) throws {
        let records = (0..<1000).map { sequence in
            var record = fullRecord(device: 3, sequence: UInt32(sequence))
            // The last ten take from one second to ten longer than the others' 45 ms.
            record.completed = record.completed + .seconds(Int64(max(sequence - 989, 0)))
            if sequence >= 1000 - lost {
                record.state = .rejected
                record.completed = .absent
            }
            return record
        }
        let figures = try summarize(records).traffic.statistics.earlyStopping.p99
        if lost < 2 {
            let estimate = try #require(figures.estimate)
            #expect(abs(Double(estimate) / 9.045e9 - 1) < 0.001)
        } else {
            #expect(figures.estimate == nil)
        }
        #expect(figures.met == (lost < 2))
        #expect(
            figures.neededRequests == EarlyStopping(percentile: 0.99).neededQueries(over: lost + 1)
        )
    }
}
