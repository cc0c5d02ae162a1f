import Cluster
import Links
import Scenario
import SimulationCore
import Testing

@Suite struct PolicyTests {
    private func points(
        _ policy: DeviceGroup.Policy,
        bitsPerSecond: Int64,
        deadline: SimulationDuration? = .milliseconds(200),
        isShared: Bool = false
    ) throws -> [UInt16?] {
        let link = TestScenario.link(bitsPerSecond)
        let scenario = NetworkScenario.scenario(
            policy: policy,
            deadline: deadline,
            path: TestScenario.path(isShared: isShared, uplink: link)
        )
        return try NetworkScenario.run(scenario).records(of: 0).map(\.operatingPoint)
    }

    /// 40 kB take 3.2 ms, 160 ms, 640 ms, 6.4 s; 5 kB an eighth of it; local 20 ms.
    @Test(arguments: [true, false])
    func theMostAccurateThatMakesItIsChosen(isShared: Bool) throws {
        let all = [0, 1, 2]
        for (rate, point) in [(100_000_000, 1), (2_000_000, 1), (500_000, 2)] {
            let chosen = try points(.deadline(all), bitsPerSecond: Int64(rate), isShared: isShared)
            // The smallest offloaded payload explores; then each unseen point may be tried once.
            #expect(chosen[0] == 2)
            #expect(chosen.dropFirst(4).allSatisfy { $0 == UInt16(point) }, "\(rate): \(chosen)")
        }
    }

    @Test func tooSlowALinkIsTriedAgainAfterItsLifetime() throws {
        // 5 kB take 800 ms: only local makes it, and after 10 s the link may have become better.
        let chosen = try points(.deadline([0, 1, 2]), bitsPerSecond: 50_000)
        #expect(chosen.count == 40)
        let offloaded = chosen.indices.filter { chosen[$0] != 0 }
        // Two before the first observation; then again 10 s after the latest, once in ten requests.
        #expect(offloaded == [0, 1, 24], "\(offloaded)")
        #expect(offloaded.allSatisfy { chosen[$0] == 2 })
    }

    /// A device that sends less than once in the link's lifetime goes by what it knows.
    @Test func rareRequestsDoNotForgetTheLink() throws {
        let path = TestScenario.path(isShared: false, uplink: TestScenario.link(2_000_000))
        let scenario = NetworkScenario.scenario(
            policy: .deadline([1, 2]),
            path: path,
            period: .seconds(60),
            duration: .seconds(2000)
        )
        let chosen = try NetworkScenario.run(scenario).records(of: 0).map(\.operatingPoint)
        #expect(chosen.count == 34)
        #expect(chosen.dropFirst().allSatisfy { $0 == 1 }, "\(chosen)")
    }

    /// However fast the link has become, sending would take longer: there is no use in trying it.
    @Test func aLinkThatCannotPayIsNotTried() throws {
        let path = TestScenario.path(
            isShared: false,
            uplink: TestScenario.link(2_000_000),
            downlink: TestScenario.link(delay: .milliseconds(100))
        )
        let scenario = NetworkScenario.scenario(
            policy: .fastest([0, 2]),
            path: path,
            period: .seconds(60),
            duration: .seconds(2000)
        )
        let chosen = try NetworkScenario.run(scenario).records(of: 0).map(\.operatingPoint)
        #expect(chosen.dropFirst(2).allSatisfy { $0 == 0 }, "\(chosen)")
    }

    /// A downlink that was slow for a while does not keep a device from the link for good.
    @Test(arguments: [DeviceGroup.Policy.deadline([0, 2]), .oracle([0, 2])])
    func aDeviceReturnsToALinkThatHasRecovered(policy: DeviceGroup.Policy) throws {
        // A result takes seconds from the fifth second to the fifteenth, and no time else.
        let trace = try BandwidthTrace.parse(
            Array("0 10000000\n5 100\n15 10000000\n1000 10000000\n".utf8),
            file: "recovering",
            options: TraceOptions(unit: "bit/s")
        )
        let scenario = NetworkScenario.scenario(
            policy: policy,
            deadline: .milliseconds(100),
            path: TestScenario.path(
                isShared: false,
                uplink: TestScenario.link(10_000_000),
                downlink: LinkSpecification(capacity: .trace(trace))
            ),
            duration: .seconds(100)
        )
        let chosen = try NetworkScenario.run(scenario).records(of: 0).map(\.operatingPoint)
        #expect(chosen[14..<28].contains(0), "\(chosen)")
        #expect(chosen.suffix(50).allSatisfy { $0 == 2 }, "\(chosen)")
    }

    /// A reply that comes after the time-out tells as much of the way as any other.
    @Test func aLateReplyIsSeen() throws {
        let scenario = NetworkScenario.scenario(
            policy: .deadline([0, 2]),
            deadline: .milliseconds(200),
            timeout: .seconds(1),
            path: TestScenario.path(
                isShared: false,
                uplink: TestScenario.link(10_000_000),
                downlink: TestScenario.link(delay: .milliseconds(1500))
            ),
            duration: .seconds(60)
        )
        let chosen = try NetworkScenario.run(scenario).records(of: 0).map(\.operatingPoint)
        // Four are issued before the first reply.
        #expect(chosen.count == 120 && chosen.dropFirst(5).allSatisfy { $0 == 0 }, "\(chosen)")
    }

    /// A handshake takes no longer for more bytes: 5 kB take 52 ms over a new connection, and 40 kB 104 ms.
    @Test func whatAConnectionWaitsIsNotCountedByTheByte() throws {
        var path = TestScenario.path(
            isShared: false,
            uplink: TestScenario.link(20_000_000, delay: .milliseconds(25)),
            downlink: TestScenario.link(delay: .milliseconds(25))
        )
        path.transport = .tcp(TCPOptions(connection: .perRequest))
        let scenario = NetworkScenario.scenario(
            policy: .deadline([1, 2]),
            deadline: .milliseconds(250),
            path: path
        )
        let chosen = try NetworkScenario.run(scenario).records(of: 0).map(\.operatingPoint)
        #expect(chosen[0] == 2 && chosen.dropFirst().allSatisfy { $0 == 1 }, "\(chosen)")
    }

    /// A request that waited finds the one before it on the link, for 32 ms, but computes for 41 ms itself.
    @Test func aBacklogLeavesWhileTheDeviceComputes() throws {
        var scenario = NetworkScenario.scenario(
            policy: .deadline([1, 2]),
            deadline: .milliseconds(120),
            path: TestScenario.path(isShared: false, uplink: TestScenario.link(10_000_000))
        )
        scenario.devices[0].hardware = NetworkScenario.hardware(inference: 20, coding: 1)
        scenario.devices[0].arrivals = .closed(concurrency: 2, think: .constant(.zero))
        let records = try NetworkScenario.run(scenario).records(of: 0).dropFirst(4)
        #expect(records.count > 400)
        #expect(records.allSatisfy { $0.operatingPoint == 1 })
        #expect(records.allSatisfy { $0.completed - $0.issued <= .milliseconds(120) })
    }

    @Test func withoutATimelyPointTheFastestIsChosen() throws {
        let chosen = try points(
            .deadline([1, 2]),
            bitsPerSecond: 2_000_000,
            deadline: .milliseconds(1)
        )
        #expect(chosen.dropFirst(3).allSatisfy { $0 == 2 })
    }

    @Test func fastestIgnoresAccuracy() throws {
        let slow = try points(.fastest([0, 1, 2]), bitsPerSecond: 500_000)
        // Until the link is tried again.
        #expect(slow[4..<18].allSatisfy { $0 == 0 })
        let fast = try points(.fastest([0, 1, 2]), bitsPerSecond: 1_000_000_000)
        #expect(fast.dropFirst(3).allSatisfy { $0 == 2 })
    }

    @Test(arguments: 0...2) func fixedIsFixed(point: Int) throws {
        let chosen = try points(.fixed(point), bitsPerSecond: 50_000)
        #expect(chosen.allSatisfy { $0 == UInt16(point) })
    }

    @Test func anOracleOnASharedLinkDoesAsTheDeadlinePolicy() throws {
        let oracle = try points(.oracle([0, 1, 2]), bitsPerSecond: 500_000, isShared: true)
        let deadline = try points(.deadline([0, 1, 2]), bitsPerSecond: 500_000, isShared: true)
        #expect(oracle == deadline)
    }

    /// The link fades every few seconds: the one who knows when cannot do worse.
    @Test func anOracleMeetsAtLeastAsManyDeadlines() throws {
        let trace = try BandwidthTrace.parse(
            Array("0 4000000\n3 100000\n5 1500000\n7 50000\n9 4000000\n12 4000000\n".utf8),
            file: "fading",
            options: TraceOptions(unit: "bit/s")
        )
        let fading = LinkSpecification(capacity: .trace(trace))
        func attainment(_ policy: DeviceGroup.Policy) throws -> (met: Int, correct: Int) {
            let scenario = NetworkScenario.scenario(
                policy: policy,
                deadline: .milliseconds(200),
                path: TestScenario.path(uplink: fading),
                period: .milliseconds(130),
                duration: .seconds(200)
            )
            let records = try NetworkScenario.run(scenario).records
            let met = records.filter { $0.latency.map { $0 <= .milliseconds(200) } ?? false }
            return (met.count, met.count { $0.isCorrect == true })
        }
        let oracle = try attainment(.oracle([0, 1, 2]))
        let deadline = try attainment(.deadline([0, 1, 2]))
        let fixed = try attainment(.fixed(1))
        #expect(oracle.met >= deadline.met)
        #expect(oracle.correct >= deadline.correct)
        #expect(deadline.met > fixed.met)
    }

    /// It knows each request's own size, and the way back before it has seen one: nothing that can be in time is late.
    @Test func anOracleIsLateOnlyWhereAllWouldBe() throws {
        let path = TestScenario.path(
            uplink: TestScenario.link(1_000_000),
            downlink: TestScenario.link(delay: .milliseconds(60))
        )
        let scenario = NetworkScenario.scenario(
            policy: .oracle([1, 2]),
            deadline: .milliseconds(300),
            path: path
        )
        var outcomes = NetworkScenario.outcomes
        // 24 and 56 kB, which take 192 and 448 ms, instead of 40 kB each.
        for sample in outcomes.outcomes[1].indices {
            outcomes.outcomes[1][sample].payloadBytes = sample % 2 == 0 ? 24_000 : 56_000
        }
        let records = try NetworkScenario.run(scenario, outcomes: outcomes).records
        // Neither stage of the first requests has been seen.
        for record in records.dropFirst(2) {
            #expect(record.operatingPoint == (record.sample % 2 == 0 ? 1 : 2), "\(record)")
            #expect(record.latency.map { $0 <= .milliseconds(300) } == true)
        }
        #expect(Set(records.map(\.operatingPoint)) == [1, 2])
    }

    @Test func energyIsPowerTimesTime() throws {
        var scenario = NetworkScenario.scenario(policy: .fixed(1))
        scenario.devices[0].hardware = NetworkScenario.hardware(inference: 1, coding: 1)
        let records = try NetworkScenario.run(scenario).records
        #expect(!records.isEmpty)
        for record in records {
            // 3 ms at 2 W beyond idle and 40 kB at 1 Gbit/s at 1 W.
            #expect(record.energyNanojoules == 6_000_000 + 320_000)
        }
    }

    /// Nanojoules are rounded to the nearest.
    @Test(arguments: [(1.0, 1), (1.4, 1), (1.5, 2), (1.6, 2)])
    func energyIsRounded(watts: Double, nanojoules: Int64) {
        var scenario = TestScenario.synthetic(
            TestScenario.work(device: .constant(SimulationDuration(nanoseconds: 1))),
            duration: .milliseconds(1),
            devices: [TestScenario.group(TestScenario.every(.seconds(1)))]
        )
        scenario.devices[0].hardware.power = .init(idle: 0, compute: watts, transmit: 0)
        #expect(scenario.run().records.map(\.energyNanojoules) == [nanojoules])
    }
}
