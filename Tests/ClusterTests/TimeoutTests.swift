import Cluster
import Scenario
import SimulationCore
import Testing

/// One request that takes 10 ms in each of: device, uplink, server, downlink; the client gives up
/// in the middle of one of them.
@Suite struct TimeoutTests {
    private static let slow = TestScenario.link(1_000_000)

    private func run(timeout: Int64, shared: Bool, count: Int64 = 1) -> RunResult {
        scenario(timeout: timeout, shared: shared, count: count).run()
    }

    private func scenario(timeout: Int64, shared: Bool, count: Int64 = 1) -> Scenario {
        TestScenario.synthetic(
            // 10 ms of 1 Mbit/s.
            TestScenario.work(
                payload: 1250,
                result: 1250,
                device: .constant(.milliseconds(10)),
                edge: .constant(.milliseconds(10))
            ),
            duration: .milliseconds(5 * count),
            links: [TestScenario.path(isShared: shared, uplink: Self.slow, downlink: Self.slow)],
            devices: [
                TestScenario.group(
                    TestScenario.every(.milliseconds(5)),
                    timeout: .milliseconds(timeout)
                )
            ]
        )
    }

    @Test(arguments: [(5, 0), (15, 0), (25, 1), (35, 1)], [true, false])
    func theServerIsChargedForWhatReachesIt(_ phase: (Int, Int), shared: Bool) {
        let result = run(timeout: Int64(phase.0), shared: shared)
        let record = result.records[0]
        #expect(record.state == .timedOut)
        #expect(record.completed == .absent)
        // A copy that was computed on the device goes on; one that was computing does not.
        let served = phase.0 > 10
        #expect(result.statistics[0].busySlotNanoseconds == (served ? 10_000_000 : 0))
        #expect((record.headStart != .absent) && (record.encodeEnd != .absent) == served)
        #expect(result.openRequests == 0)
        #expect(result.outstanding == [0])
    }

    /// A client that waits 40 ms does not see what comes then: its timer was set before.
    @Test(arguments: [true, false]) func atTheTimeOutItIsTooLate(shared: Bool) {
        #expect(run(timeout: 39, shared: shared).records[0].state == .timedOut)
        #expect(run(timeout: 40, shared: shared).records[0].state == .timedOut)
        #expect(run(timeout: 41, shared: shared).records[0].state == .completed)
    }

    /// A request that is given up has cost what was spent by then: 2 W of computing, 1 W of sending.
    @Test(arguments: [(5, 10), (10, 20), (15, 25), (25, 30), (50, 30)])
    func energyCountsUntilTheRequestEnds(timeout: Int64, millijoules: Int64) {
        var scenario = scenario(timeout: timeout, shared: false)
        scenario.devices[0].hardware.power = .init(idle: 1, compute: 3, transmit: 1)
        let record = scenario.run().records[0]
        #expect(record.energyNanojoules == millijoules * 1_000_000)
    }

    /// What the device does for a copy that nobody waits for is charged all the same: 20 mJ of computing, and 10 mJ of
    /// sending if it was computed by then.
    @Test(arguments: [(5, 20), (10, 20), (15, 30), (25, 30), (50, 30)], [true, false])
    func workOnAnAbandonedRequestIsChargedToItsGroup(
        _ law: (timeout: Int64, millijoules: Int128),
        shared: Bool
    ) {
        var scenario = scenario(timeout: law.timeout, shared: shared)
        scenario.devices[0].hardware.power = .init(idle: 1, compute: 3, transmit: 1)
        let result = scenario.run()
        let spent = Int128(result.records[0].energyNanojoules) + result.abandonedNanojoules[0]
        #expect(spent == law.millijoules * 1_000_000)
    }

    /// It is cut off at the end of the drain, as all else is.
    @Test func anAbandonedRequestIsChargedUntilTheRunEnds() {
        var scenario = scenario(timeout: 15, shared: false)
        // To 18 ms, while it is sent from 10 to 20 ms.
        scenario.drain = .milliseconds(13)
        scenario.devices[0].hardware.power = .init(idle: 1, compute: 3, transmit: 1)
        let result = scenario.run()
        #expect(result.records[0].energyNanojoules == 25_000_000)
        #expect(result.abandonedNanojoules == [3_000_000])
    }

    /// Requests that were given up while they waited for the link are sent, lost and sent again, and its device looks
    /// at that.
    @Test func aPolicyMayObserveAbandonedRequests() {
        let lossy = TestScenario.link(1_000_000, loss: 0.5, retransmission: .milliseconds(1))
        let scenario = TestScenario.synthetic(
            TestScenario.work(payload: 1250),
            duration: .seconds(2),
            links: [TestScenario.path(uplink: lossy)],
            devices: [
                TestScenario.group(
                    TestScenario.every(.milliseconds(5)),
                    timeout: .milliseconds(30),
                    policy: .fastest([0])
                )
            ]
        )
        let records = scenario.run().records
        #expect(records.contains { $0.encodeEnd != .absent && $0.uplinkStart == .absent })
        #expect(records.count == 400)
    }

    /// A private link names what it will do; what comes after the client has given up is not in its record.
    ///
    /// Two requests are computed by 2 and 7 ms and sent until 12 and 22 ms.
    @Test func aRecordHoldsNothingThatCameLater() {
        let cases: [(timeout: Int64, starts: [Int64?], ends: [Int64?])] = [
            (6, [2, nil], [nil, nil]), (8, [2, 12], [nil, nil]), (13, [2, 12], [12, nil]),
        ]
        func milliseconds(_ times: [SimulationTime]) -> [Int64?] {
            times.map { $0 == .absent ? nil : $0.nanoseconds / 1_000_000 }
        }
        for (timeout, starts, ends) in cases {
            var scenario = scenario(timeout: timeout, shared: false, count: 2)
            scenario.workload = .synthetic(
                TestScenario.work(
                    payload: 1250,
                    device: .constant(.milliseconds(2)),
                    edge: .constant(.milliseconds(10))
                )
            )
            let records = scenario.run().records(of: 0)
            #expect(records.map(\.state) == [.timedOut, .timedOut])
            #expect(milliseconds(records.map(\.uplinkStart)) == starts)
            #expect(milliseconds(records.map(\.uplinkEnd)) == ends)
        }
    }

    @Test func waitingRequestsLeaveTheDeviceQueue() {
        // At 5, 10, 15 ms … ; the processor takes 10 ms each and a client waits 12 ms.
        let result = run(timeout: 12, shared: false, count: 20)
        let records = result.records(of: 0)
        #expect(records.allSatisfy { $0.state == .timedOut })
        #expect(records.contains { $0.headStart == .absent })
        // The processor never idles on those that were given up.
        let starts = records.map(\.headStart).filter { $0 != .absent }
        for (first, second) in zip(starts, starts.dropFirst()) {
            #expect(second - first == .milliseconds(10))
        }
        #expect(result.openRequests == 0)
    }

    /// Handles are reused within a time-out here: a stale timer would end a later request.
    @Test func timersDoNotOutliveTheirRequests() {
        let scenario = TestScenario.synthetic(
            TestScenario.work(device: .constant(.milliseconds(3))),
            duration: .seconds(2),
            devices: [
                TestScenario.group(
                    .closed(concurrency: 1, think: .constant(.milliseconds(1))),
                    count: 3,
                    timeout: .milliseconds(10)
                )
            ]
        )
        let result = scenario.run()
        #expect(result.records.count == 3 * 500)
        #expect(result.records.allSatisfy { $0.latency == .milliseconds(3) })
    }

    /// A client that gave up issues its next request, although the copy is still about.
    @Test func closedLoopsGoOnAfterATimeOut() {
        let scenario = TestScenario.synthetic(
            TestScenario.work(edge: .constant(.milliseconds(100))),
            duration: .milliseconds(100),
            devices: [
                TestScenario.group(
                    .closed(concurrency: 1, think: .constant(.zero)),
                    timeout: .milliseconds(10)
                )
            ],
            edges: [TestScenario.edge(slots: 100)]
        )
        let result = scenario.run()
        #expect(result.count(.timedOut) == 10)
        #expect(result.statistics[0].busySlotNanoseconds == 1_000_000_000)
    }
}
