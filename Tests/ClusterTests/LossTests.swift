import Cluster
import Links
import Scenario
import SimulationCore
import Testing

@Suite struct LossTests {
    private func scenario(
        shared: Bool,
        uplink: LinkSpecification = TestScenario.link(1_000_000),
        downlink: LinkSpecification = TestScenario.link(1_000_000),
        every period: SimulationDuration = .milliseconds(500),
        result: Int = 1250
    ) -> Scenario {
        TestScenario.synthetic(
            TestScenario.work(payload: 1250, result: result),
            duration: .seconds(50),
            links: [TestScenario.path(isShared: shared, uplink: uplink, downlink: downlink)],
            devices: [TestScenario.group(TestScenario.every(period))]
        )
    }

    /// The second of three attempts would last from 60 to 70 ms.
    @Test(arguments: [(5, 5), (35, 10), (65, 15), (100, 20), (900, 30)])
    func whatWasSentBeforeAClientGivesUpIsCharged(timeout: Int64, millijoules: Int64) {
        let lossy = TestScenario.link(1_000_000, loss: 1, attempts: 2)
        var scenario = scenario(shared: false, uplink: lossy)
        scenario.devices[0].timeout = .milliseconds(timeout)
        scenario.devices[0].hardware.power = .init(idle: 0, compute: 0, transmit: 1)
        let result = scenario.run()
        let records = result.records
        #expect(!records.isEmpty)
        for record in records {
            #expect(record.state == (timeout < 130 ? .timedOut : .lost))
            #expect(record.energyNanojoules == millijoules * 1_000_000)
        }
        // All three attempts are made, whether or not anyone waits.
        #expect(
            result.abandonedNanojoules == [
                Int128(records.count) * Int128(30 - millijoules) * 1_000_000
            ]
        )
    }

    /// Two messages of 10 ms, at 0 and 12 ms, that are lost and come back 5 ms after their ends: when their clients
    /// give up, at 18 and 30 ms, each has sent once and waits for the other.
    @Test func whatWaitsToBeSentAgainCostsNothing() {
        let lossy = TestScenario.link(
            1_000_000,
            loss: 1,
            attempts: 1,
            retransmission: .milliseconds(5)
        )
        var scenario = scenario(shared: false, uplink: lossy, every: .milliseconds(12))
        scenario.duration = .milliseconds(24)
        scenario.devices[0].timeout = .milliseconds(18)
        scenario.devices[0].hardware.power = .init(idle: 0, compute: 0, transmit: 1)
        #expect(scenario.run().records.map(\.energyNanojoules) == [10_000_000, 10_000_000])
    }

    @Test(arguments: [true, false], 0...2) func certainLossUsesUpTheAttempts(
        shared: Bool,
        attempts: Int
    ) {
        let lossy = TestScenario.link(1_000_000, loss: 1, attempts: attempts)
        var scenario = scenario(shared: shared, uplink: lossy)
        scenario.devices[0].hardware.power = .init(idle: 0, compute: 0, transmit: 1)
        let up = scenario.run()
        #expect(!up.records.isEmpty)
        for record in up.records {
            #expect(record.state == .lost)
            // 10 ms a transmission, 50 ms between them.
            let span = SimulationDuration.milliseconds(Int64(10 + attempts * 60))
            #expect(record.uplinkEnd - record.uplinkStart == span)
            #expect(record.energyNanojoules == Int64(attempts + 1) * 10_000_000)
            #expect(record.arrived == .absent)
            #expect(record.replica == nil)
        }
        let down = self.scenario(shared: shared, downlink: lossy).run()
        #expect(down.records.allSatisfy { $0.state == .lost && $0.serviceEnd != .absent })
        #expect(down.outstanding == [0])
        #expect(down.openRequests == 0)
    }

    @Test(arguments: [true, false]) func somePassAfterARetransmission(shared: Bool) {
        let lossy = TestScenario.link(1_000_000, loss: 0.5, attempts: 2)
        let records = scenario(shared: shared, uplink: lossy).run().records
        let spans = Set(records.map { ($0.uplinkEnd - $0.uplinkStart).nanoseconds / 1_000_000 })
        #expect(spans == [10, 70, 130])
        let lost = records.count { $0.state == .lost }
        // An eighth of 100, give or take three standard errors.
        #expect((3...22).contains(lost))
        #expect(records.allSatisfy { $0.state == .lost || $0.state == .completed })
    }

    /// A private and a shared link of one device are the same link, whichever of the scenario's it is and wherever it
    /// enters its trace.
    @Test(arguments: [0, 1]) func aSharedLinkOfOneDeviceEqualsAPrivateOne(number: Int) throws {
        let lossy = TestScenario.link(1_000_000, jitter: .milliseconds(3), loss: 0.3, attempts: 1)
        var uplink = lossy
        uplink.capacity = .trace(
            try BandwidthTrace.parse(Array("0 1\n1 4\n2 0.5\n".utf8), file: "steps")
        )
        uplink.offset = .fixed(.milliseconds(700))
        let runs = [false, true].map { isShared in
            var scenario = scenario(
                shared: isShared,
                uplink: uplink,
                downlink: lossy,
                result: 700
            )
            if number == 1 { scenario.links.insert(TestScenario.path(), at: 0) }
            scenario.devices[0].link = number
            return scenario.run().sorted
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0].contains { $0.state == .completed })
    }

    /// 10 ms up, 10 ms down, and 5 ms of thinking.
    @Test(arguments: [true, false]) func aLostResultEndsItsRequestWhenItHasLeft(shared: Bool) {
        var scenario = scenario(
            shared: shared,
            downlink: TestScenario.link(1_000_000, loss: 1, attempts: 0)
        )
        scenario.devices[0].arrivals = .closed(concurrency: 1, think: .constant(.milliseconds(5)))
        let records = scenario.run().records(of: 0)
        #expect(records.count > 100 && records.allSatisfy { $0.state == .lost })
        for (record, next) in zip(records, records.dropFirst()) {
            #expect(next.issued - record.issued == .milliseconds(25))
        }
    }

    @Test(arguments: [true, false]) func fullLinksDrop(shared: Bool) {
        // Two messages fit; one leaves each 10 ms and five come.
        let bounded = TestScenario.link(1_000_000, bytes: 2500)
        let up = scenario(shared: shared, uplink: bounded, every: .milliseconds(2)).run()
        #expect(up.count(.dropped) == 25_000 * 4 / 5 - 1)
        #expect(up.records.filter { $0.state == .dropped }.allSatisfy { $0.uplinkStart == .absent })
        let fast = TestScenario.link()
        let down = scenario(
            shared: shared,
            uplink: fast,
            downlink: bounded,
            every: .milliseconds(2)
        ).run()
        #expect(down.count(.dropped) > 19_000)
        #expect(
            down.records.filter { $0.state == .dropped }.allSatisfy { $0.serviceEnd != .absent }
        )
        #expect(down.outstanding == [0])
    }
}
