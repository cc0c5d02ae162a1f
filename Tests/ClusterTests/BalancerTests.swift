import Cluster
import Scenario
import SimulationCore
import Testing

@Suite struct BalancerTests {
    private func balancer(_ kind: Scenario.Balancing, replicas: Int = 5) -> Balancer {
        Balancer(balancing: kind, replicas: replicas, seed: 3)
    }

    @Test func roundRobinTakesTurns() {
        var balancer = balancer(.roundRobin, replicas: 3)
        let chosen = (0..<7).map { balancer.assign(device: 1, sequence: $0) }
        #expect(chosen == [0, 1, 2, 0, 1, 2, 0])
    }

    @Test func stickyDependsOnTheDeviceAlone() {
        var balancer = balancer(.sticky)
        for device in UInt32(0)..<10 {
            let chosen = Set((0..<5).map { balancer.assign(device: device, sequence: $0) })
            #expect(chosen.count == 1)
        }
        #expect(balancer.outstanding == [10, 10, 10, 10, 10])
    }

    @Test(arguments: [Scenario.Balancing.leastOutstanding, .powerOfTwoChoices])
    func loadIsTakenIntoAccount(kind: Scenario.Balancing) throws {
        var balancer = balancer(kind)
        var draw = RandomDraw(seed: 1, purpose: .test, entity: 0)
        var highest = 0
        for sequence in UInt32(0)..<2000 {
            let before = balancer.outstanding
            let assigned = balancer.assign(device: 0, sequence: sequence)
            let chosen = try #require(assigned)
            highest = max(highest, (balancer.outstanding.max() ?? 0))
            if kind == .leastOutstanding {
                #expect(before[chosen] == before.min())
            } else {
                // The worse of two different ones is chosen only when both are equal.
                let isTheOnlyWorst =
                    before[chosen] == before.max() && before.count { $0 == before[chosen] } == 1
                #expect(!isTheOnlyWorst)
            }
            let busy = before.indices.filter { before[$0] > 2 }
            if !busy.isEmpty { balancer.finished(on: busy[Int(draw.below(UInt64(busy.count)))]) }
        }
        // Of four replicas with 2.5 requests each on average.
        #expect(highest == 3)
    }

    @Test func equalsTakeTurnsUnderLeastOutstanding() {
        var balancer = balancer(.leastOutstanding, replicas: 3)
        var chosen: [Int?] = []
        for sequence in UInt32(0)..<6 {
            let replica = balancer.assign(device: 0, sequence: sequence)
            chosen.append(replica)
            if let replica { balancer.finished(on: replica) }
        }
        #expect(chosen == [0, 1, 2, 0, 1, 2])
    }

    /// Of those with the fewest requests, the one that follows the last choice.
    @Test func theNextOfEqualsTakesItsTurn() {
        var balancer = balancer(.leastOutstanding, replicas: 4)
        for sequence in UInt32(0)..<4 { _ = balancer.assign(device: 0, sequence: sequence) }
        for replica in [1, 2, 3] { balancer.finished(on: replica) }
        let chosen = (UInt32(4)..<8).map { balancer.assign(device: 0, sequence: $0) }
        #expect(chosen == [1, 2, 3, 0])
    }

    /// The draw belongs to a device, whatever its number in the scenario.
    @Test func aDeviceMoreDoesNotChangeTheChoicesOfTwo() {
        func choices(_ first: Int, device: UInt32) -> [Int?] {
            let groups = [first, 3].map { TestScenario.group(.poisson(rate: 1), count: $0) }
            var balancer = Balancer(
                balancing: .powerOfTwoChoices,
                replicas: 5,
                seed: 3,
                streams: DeviceStreams(groups)
            )
            return (UInt32(0)..<50).map { sequence in
                let replica = balancer.assign(device: device, sequence: sequence)
                if let replica { balancer.finished(on: replica) }
                return replica
            }
        }
        #expect(choices(2, device: 3) == choices(4, device: 5))
        #expect(choices(2, device: 3) != choices(2, device: 4))
    }

    @Test func withoutAReplicaRequestsFail() {
        let scenario = TestScenario.synthetic(
            TestScenario.work(),
            duration: .seconds(1),
            devices: [TestScenario.group(.poisson(rate: 1))]
        )
        var gateway = Gateway(scenario: scenario, resultBytes: 0)
        gateway.remove(replica: 0)
        let task = EdgeTask(
            handle: 7,
            device: 0,
            sequence: 0,
            operatingPoint: 0,
            link: 0,
            payloadBytes: 0,
            sample: 0
        )
        guard case .reply(let answer) = gateway.arrive(task, at: .start) else {
            Issue.record("the request stays at the gateway")
            return
        }
        #expect(answer.status == .failed && answer.handle == 7)
        let outstanding = gateway.outstanding
        #expect(outstanding == [0])
    }

    @Test func twoChoicesReachEveryReplica() throws {
        var balancer = balancer(.powerOfTwoChoices)
        var chosen: Set<Int> = []
        for sequence in UInt32(0)..<100 {
            let assigned = balancer.assign(device: 0, sequence: sequence)
            let replica = try #require(assigned)
            chosen.insert(replica)
            balancer.finished(on: replica)
        }
        #expect(chosen == [0, 1, 2, 3, 4])
    }

    @Test(arguments: Scenario.Balancing.allCases)
    func aReplicaThatHasEndedTakesNothing(kind: Scenario.Balancing) {
        var balancer = balancer(kind, replicas: 3)
        balancer.remove(1)
        let chosen = (0..<60).map { balancer.assign(device: $0, sequence: 0) }
        #expect(Set(chosen) == [0, 2])
        balancer.remove(0)
        balancer.remove(2)
        #expect(balancer.assign(device: 0, sequence: 0) == nil)
    }

    /// Three servers of 10 ms each are enough for a request each 4 ms.
    @Test func leastOutstandingBalancesARun() {
        let scenario = TestScenario.synthetic(
            TestScenario.work(edge: .constant(.milliseconds(10))),
            duration: .seconds(2),
            devices: [TestScenario.group(TestScenario.every(.milliseconds(4)))],
            edges: [TestScenario.edge(count: 3)]
        )
        let records = scenario.run().records
        #expect(records.allSatisfy { $0.latency == .milliseconds(10) })
        #expect(Set(records.map(\.replica)) == [0, 1, 2])
    }
}
