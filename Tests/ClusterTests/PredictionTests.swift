import Cluster
import Links
import Scenario
import SimulationCore
import Testing

/// What the policies predict, by the deadlines for which they choose a point.
@Suite struct PredictionTests {
    /// A float split takes 3 ms on the device, 60 ms there and back at least, local work 20 ms: who has waited too
    /// long for the processor stays local.
    @Test func timeThatARequestHasWaitedCounts() throws {
        let path = TestScenario.path(downlink: TestScenario.link(delay: .milliseconds(60)))
        var scenario = NetworkScenario.scenario(
            policy: .deadline([0, 1]),
            deadline: .milliseconds(75),
            path: path
        )
        let bursts = (0..<20).flatMap {
            Array(repeating: SimulationTime.start + .seconds($0), count: 4)
        }
        scenario.devices[0].arrivals = .trace(.timestamps(bursts))
        scenario.edges[0].slots = 4
        let records = try NetworkScenario.run(scenario).records(of: 0)
        // After 3, 6 and 9 ms 68.3 ms more are left.
        let chosen = records.map { Int($0.operatingPoint ?? 9) }
        #expect(
            chosen.suffix(40) == Array(repeating: [1, 1, 1, 0], count: 10).flatMap(\.self)[...]
        )
        #expect(records.suffix(40).allSatisfy { $0.latency ?? .seconds(1) <= .milliseconds(75) })
    }

    /// 40 kB take 160 ms and come each 100 ms: whoever forgot what waits for the link would send ever later.
    @Test func whatWaitsForTheLinkCounts() throws {
        let scenario = NetworkScenario.scenario(
            policy: .deadline([1, 2]),
            deadline: .milliseconds(200),
            path: TestScenario.path(uplink: TestScenario.link(2_000_000)),
            period: .milliseconds(100)
        )
        let records = try NetworkScenario.run(scenario).records(of: 0).dropFirst(10)
        #expect(records.allSatisfy { $0.latency ?? .seconds(1) <= .milliseconds(200) })
        #expect(Set(records.map(\.operatingPoint)) == [1, 2])
    }

    /// Each message takes 5 kB more than its payload: 10 and 45 kB, of which a byte takes 4 µs.
    @Test(arguments: [(189, 1), (187, 2)] as [(Int64, UInt16)]) func overheadCounts(
        deadline: Int64,
        point: UInt16
    ) throws {
        var uplink = TestScenario.link(2_000_000)
        uplink.overhead.perMessage = 5000
        let scenario = NetworkScenario.scenario(
            policy: .deadline([1, 2]),
            deadline: .milliseconds(deadline),
            path: TestScenario.path(uplink: uplink)
        )
        let records = try NetworkScenario.run(scenario).records(of: 0).dropFirst(4)
        #expect(records.allSatisfy { $0.operatingPoint == point })
    }

    /// The neighbour's 100 kB hold the shared link from 0 to 800 ms of each second; the 40 ms that 5 kB take are
    /// not what a request at 300 ms waits.
    @Test func theWaitForASharedLinkIsSeen() throws {
        var scenario = NetworkScenario.scenario(
            policy: .deadline([0, 2]),
            deadline: .milliseconds(200),
            path: TestScenario.path(isShared: true, uplink: TestScenario.link(1_000_000)),
            period: .seconds(1)
        )
        scenario.devices[0].arrivals = TestScenario.every(.seconds(1), phase: .milliseconds(300))
        scenario.devices.append(
            TestScenario.group(TestScenario.every(.seconds(1)), policy: .fixed(1))
        )
        var outcomes = NetworkScenario.outcomes
        for sample in outcomes.outcomes[1].indices {
            outcomes.outcomes[1][sample].payloadBytes = 100_000
        }
        let chosen = try NetworkScenario.run(scenario, outcomes: outcomes).records(of: 0)
            .map(\.operatingPoint)
        // The first shows the link, and a request in ten may try it again.
        #expect(chosen.count { $0 == 2 } <= 3, "\(chosen)")
    }

    /// What takes as long as the deadline meets it.
    @Test(arguments: [(0, 1), (-1, 2)] as [(Int64, UInt16)])
    func aDeadlineIsMetToTheNanosecond(later: Int64, point: UInt16) throws {
        // 3 ms on the device, 40 kB and 8 B at 1 Gbit/s, 5 ms on the server.
        let latency = SimulationDuration(nanoseconds: 3_000_000 + 320_000 + 5_000_000 + 64)
        let scenario = NetworkScenario.scenario(
            policy: .deadline([1, 2]),
            deadline: latency + SimulationDuration(nanoseconds: later)
        )
        let records = try NetworkScenario.run(scenario).records(of: 0).dropFirst(4)
        #expect(records.allSatisfy { $0.operatingPoint == point })
        if point == 1 { #expect(records.allSatisfy { $0.latency == latency }) }
    }

    @Test func ofEquallyAccuratePointsTheFastestIsChosen() throws {
        var outcomes = NetworkScenario.outcomes
        outcomes.outcomes[2][8].prediction = 0
        #expect(outcomes.facts(of: 2).accuracy == outcomes.facts(of: 1).accuracy)
        let scenario = NetworkScenario.scenario(
            policy: .deadline([1, 2]),
            deadline: .milliseconds(200)
        )
        let records = try NetworkScenario.run(scenario, outcomes: outcomes).records
        #expect(records.dropFirst(4).allSatisfy { $0.operatingPoint == 2 })
    }

    /// An oracle that has seen both stages foretells the latency to the nanosecond: that is the least deadline for
    /// which it chooses the point.
    @Test(arguments: [(0, 1), (-1, 2)] as [(Int64, UInt16)])
    func anOracleForetellsTheLatency(later: Int64, point: UInt16) throws {
        let path = TestScenario.path(
            uplink: TestScenario.link(1_000_000, delay: .milliseconds(50)),
            downlink: TestScenario.link(delay: .milliseconds(60))
        )
        let fixed = NetworkScenario.scenario(policy: .fixed(1), path: path)
        let latency = try #require(try NetworkScenario.run(fixed).records[0].latency)
        let scenario = NetworkScenario.scenario(
            policy: .oracle([1, 2]),
            deadline: latency + SimulationDuration(nanoseconds: later),
            path: path
        )
        let records = try NetworkScenario.run(scenario).records(of: 0)
        #expect(records.dropFirst(2).allSatisfy { $0.operatingPoint == point })
    }

    /// The link is fast for 3 ms, until the device's own share is done: an oracle knows that it will send later.
    @Test func anOracleCountsFromTheEndOfItsShare() throws {
        let rates = (0..<500).map { $0 < 3 ? "1000\n" : "1\n" }.joined()
        let trace = try BandwidthTrace.parse(
            Array(rates.utf8),
            file: "falling",
            options: TraceOptions(format: .rate, unit: "Mbit/s", interval: .milliseconds(1))
        )
        let scenario = NetworkScenario.scenario(
            policy: .oracle([1, 2]),
            deadline: .milliseconds(200),
            path: TestScenario.path(uplink: LinkSpecification(capacity: .trace(trace)))
        )
        let records = try NetworkScenario.run(scenario).records(of: 0).dropFirst(2)
        #expect(records.allSatisfy { $0.operatingPoint == 2 })
    }

    /// 320 ms up, 50 ms there, 60 ms back: known before anything has been seen.
    @Test(arguments: [(431, 1), (429, 2)] as [(Int64, UInt16)])
    func anOracleKnowsTheWayAtOnce(deadline: Int64, point: UInt16) throws {
        let scenario = NetworkScenario.scenario(
            policy: .oracle([1, 2]),
            deadline: .milliseconds(deadline),
            path: TestScenario.path(
                uplink: TestScenario.link(1_000_000, delay: .milliseconds(50)),
                downlink: TestScenario.link(delay: .milliseconds(60))
            )
        )
        #expect(try NetworkScenario.run(scenario).records(of: 0)[0].operatingPoint == point)
    }
}
