import Cluster
import Scenario
import SimulationCore
import Testing

/// What waits for a device's processor, and how much of it may.
@Suite struct DeviceQueueTests {
    /// Exponential work at 1.5 times what the processor does, so that every bound is met.
    private func scenario(queue: Int, timeout: SimulationDuration? = nil) -> Scenario {
        TestScenario.synthetic(
            TestScenario.work(device: .exponential(mean: .milliseconds(15))),
            duration: .seconds(20),
            devices: [TestScenario.group(.poisson(rate: 100), timeout: timeout, queue: queue)]
        )
    }

    /// A request is dropped when as many wait as may; those that were given up do not wait any more.
    @Test(arguments: [0, 1, 2, 5, 63], [nil, 40] as [Int64?])
    func `a request is dropped when as many wait as may`(queue: Int, timeout: Int64?) {
        let patience = timeout.map { SimulationDuration.milliseconds($0) }
        let records = scenario(queue: queue, timeout: patience).run().records(of: 0)
        var waiting: [RequestRecord] = []
        var kinds: Set<Bool> = []
        for record in records {
            waiting.removeAll { earlier in
                let leaves =
                    earlier.headStart == .absent
                    ? earlier.issued + (patience ?? .zero) : earlier.headStart
                return leaves <= record.issued
            }
            // A queue without room passes on to a free processor alone.
            let isDropped = record.state == .dropped
            let startsAtOnce = record.headStart == record.issued
            #expect(isDropped == (waiting.count >= queue && !startsAtOnce), "\(record)")
            kinds.insert(isDropped)
            if !isDropped, !startsAtOnce { waiting.append(record) }
        }
        // Who waits 40 ms at most is not among 63.
        #expect(kinds.contains(true) == (queue < 63 || timeout == nil))
    }

    /// A late driver, as under the wall clock: the client's patience counts from the intended time.
    @Test func `a time-out counts from the intended time`() throws {
        var host = DeviceHost(
            scenario: scenario(queue: 9, timeout: .milliseconds(40)),
            range: 0..<1,
            outcomes: OutcomeTable(syntheticPayloadBytes: 0),
            resultBytes: 0
        )
        host.start()
        let arrival = host.nextTimer(.issue)
        let first = try #require(arrival)
        host.handle(first.timer, at: first.due + .milliseconds(7), due: first.due)
        let giveUp = host.nextTimer(.giveUp)
        #expect(giveUp?.due == first.due + .milliseconds(40))
    }

    /// It takes no memory until its turn would have come.
    @Test func `a request that is given up while it waits is gone`() throws {
        var host = DeviceHost(
            scenario: scenario(queue: 9, timeout: .milliseconds(40)),
            range: 0..<1,
            outcomes: OutcomeTable(syntheticPayloadBytes: 0),
            resultBytes: 0
        )
        host.start()
        var computing: [RequestHandle] = []
        var time = SimulationTime.start
        var timers: [DeviceTimer] = []
        var issue: (timer: DeviceTimer, due: SimulationTime)?
        func drain() {
            issue = nil
            while let action = host.actions.next() {
                switch action {
                case .schedule(let timer, _) where timer.kind == .giveUp: timers.append(timer)
                case .schedule(let timer, let due): issue = (timer, due)
                case .compute(let handle): computing.append(handle)
                case .send: break
                }
            }
        }
        drain()
        for _ in 0..<4 {
            let next = try #require(issue)
            time = next.due
            host.handle(next.timer, at: time)
            drain()
        }
        // One is computed; of those that wait the middle one and then the last leave.
        #expect(host.openRequests == 4 && timers.count == 4)
        for (index, left) in [(2, 3), (3, 2)] {
            host.handle(timers[index], at: time)
            #expect(host.openRequests == left)
        }
        host.computeFailed(computing[0], at: time)
        drain()
        let second = host.record(of: computing[1])
        #expect(second.sequence == 1)
        host.computeFailed(computing[1], at: time)
        drain()
        #expect(computing.count == 2 && host.openRequests == 0)
    }

    @Test func `issuing stops at the earliest time that was said`() {
        var host = DeviceHost(
            scenario: scenario(queue: 9),
            range: 0..<1,
            outcomes: OutcomeTable(syntheticPayloadBytes: 0),
            resultBytes: 0
        )
        for (stop, expected) in [(99, 20), (7, 7), (8, 7)] as [(Int64, Int64)] {
            host.stopIssuing(at: .start + .seconds(stop))
            let issues = [expected - 1, expected].map { host.issues(at: .start + .seconds($0)) }
            #expect(issues == [true, false])
        }
    }

    @Test func `a device whose work fails goes on with the next request`() throws {
        var host = DeviceHost(
            scenario: scenario(queue: 9),
            range: 0..<1,
            outcomes: OutcomeTable(syntheticPayloadBytes: 0),
            resultBytes: 0
        )
        host.start()
        var time = SimulationTime.start
        var computing: [RequestHandle] = []
        for _ in 0..<2 {
            let arrival = host.nextTimer(.issue, &computing)
            let next = try #require(arrival)
            time = next.due
            host.handle(next.timer, at: time)
        }
        _ = host.nextTimer(.issue, &computing)
        #expect(computing.count == 1)
        host.computeFailed(computing[0], at: time)
        _ = host.nextTimer(.issue, &computing)
        #expect(computing.count == 2)
        let states = host.ended.map(\.state)
        #expect(states == [.failed])
        let second = host.record(of: computing[1])
        #expect(second.headStart == time)
    }
}

extension DeviceHost {
    /// The first timer of a kind among the actions, all of which it takes.
    fileprivate mutating func nextTimer(
        _ kind: DeviceTimer.Kind
    ) -> (timer: DeviceTimer, due: SimulationTime)? {
        var computing: [RequestHandle] = []
        return nextTimer(kind, &computing)
    }

    /// The same, keeping what is to be computed.
    fileprivate mutating func nextTimer(
        _ kind: DeviceTimer.Kind,
        _ computing: inout [RequestHandle]
    ) -> (timer: DeviceTimer, due: SimulationTime)? {
        var found: (timer: DeviceTimer, due: SimulationTime)?
        while let action = actions.next() {
            switch action {
            case .schedule(let timer, let due) where timer.kind == kind && found == nil:
                found = (timer, due)
            case .compute(let handle): computing.append(handle)
            case .schedule, .send: break
            }
        }
        return found
    }
}
