import Cluster
import Scenario
import SimulationCore
import Testing

@Suite struct DegenerateTests {
    /// Nothing takes time, neither work nor thought: the clock goes on by the shortest cycle.
    @Test func aLoopWithoutWorkEnds() {
        let scenario = TestScenario.synthetic(
            TestScenario.work(),
            duration: .milliseconds(1),
            devices: [TestScenario.group(.closed(concurrency: 2, think: .constant(.zero)))]
        )
        let result = scenario.run()
        #expect(result.records.count == 2 * 1000)
        #expect(result.records.allSatisfy { $0.latency == .zero })
    }

    /// A second request finds the queue of the device full, at once and again and again.
    @Test func aLoopOfDropsEnds() {
        let scenario = TestScenario.synthetic(
            TestScenario.work(device: .constant(.seconds(1))),
            duration: .milliseconds(1),
            devices: [
                TestScenario.group(.closed(concurrency: 2, think: .constant(.zero)), queue: 0)
            ]
        )
        let result = scenario.run()
        #expect(result.count(.dropped) == 1000)
        #expect(result.count(.completed) == 1)
    }

    /// A cycle that takes longer is exact.
    @Test func theShortestCycleDoesNotAddUp() {
        let scenario = TestScenario.synthetic(
            TestScenario.work(device: .constant(.init(nanoseconds: 1001))),
            duration: .milliseconds(1),
            devices: [TestScenario.group(.closed(concurrency: 1, think: .constant(.zero)))]
        )
        let records = scenario.run().records(of: 0)
        #expect(records.map(\.issued.nanoseconds) == records.indices.map { Int64($0) * 1001 })
    }

    @Test func aRunWithoutRequestsIsEmpty() {
        let scenario = TestScenario.synthetic(
            TestScenario.work(),
            duration: .seconds(1),
            devices: [
                TestScenario.group(TestScenario.every(.seconds(9), phase: .seconds(5)), count: 3)
            ]
        )
        let result = scenario.run()
        #expect(result.records.isEmpty)
        #expect(result.statistics == [ReplicaStatistics()])
    }

    /// A batch larger than the queue is still filled: its last request need not wait.
    @Test func aQueueOfOneLessThanABatchFillsIt() {
        let scenario = TestScenario.synthetic(
            TestScenario.work(edge: .constant(.milliseconds(1))),
            duration: .milliseconds(40),
            devices: [TestScenario.group(TestScenario.every(.milliseconds(10)))],
            edges: [TestScenario.edge(batch: 4, wait: .seconds(1), queue: 3)]
        )
        #expect(scenario.run().records.map(\.batchSize) == [4, 4, 4, 4])
    }

    /// A refusal says so at once: it takes nothing of a shared link, whose result would take 10 ms.
    @Test(arguments: [true, false]) func withoutAQueueOnlyFreeSlotsAdmit(shared: Bool) {
        let scenario = TestScenario.synthetic(
            TestScenario.work(result: 1250, edge: .constant(.milliseconds(15))),
            duration: .milliseconds(80),
            links: [TestScenario.path(isShared: shared, downlink: TestScenario.link(1_000_000))],
            devices: [TestScenario.group(TestScenario.every(.milliseconds(10)))],
            edges: [TestScenario.edge(queue: 0)]
        )
        let result = scenario.run()
        #expect(result.count(.rejected) == 4)
        #expect(result.count(.completed) == 4)
        #expect(result.outstanding == [0])
    }
}
