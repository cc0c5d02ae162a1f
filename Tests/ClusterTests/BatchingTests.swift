import Cluster
import Scenario
import SimulationCore
import Testing

@Suite struct BatchingTests {
    private func task(_ sequence: UInt32, point: UInt16 = 0, at time: SimulationTime) -> EdgeTask {
        var task = EdgeTask(
            handle: sequence,
            device: 0,
            sequence: sequence,
            operatingPoint: point,
            link: 0,
            payloadBytes: 1,
            sample: 0
        )
        task.arrived = time
        return task
    }

    private func milliseconds(_ count: Int64) -> SimulationTime { .start + .milliseconds(count) }

    @Test(arguments: UInt64(1)...200) func agreesWithTheReference(seed: UInt64) {
        var draw = RandomDraw(seed: seed, purpose: .test, entity: 1)
        let group = TestScenario.edge(
            slots: 1 + Int(draw.below(3)),
            batch: 1 + Int(draw.below(5)),
            wait: .milliseconds(Int64(draw.below(2) * draw.below(8))),
            queue: Int(draw.below(10))
        )
        let entries = [0, 1, 0, 2]
        var replica = EdgeReplica(group: group, entryOfPoint: entries)
        var reference = ReferenceReplica(group: group, entryOfPoint: entries)
        var time = SimulationTime.start
        for sequence in UInt32(0)..<300 {
            time = time + .milliseconds(Int64(draw.below(4)))
            // Its driver wakes a replica in time.
            startBatches(&replica, &reference, at: time)
            if let slot = reference.busy.keys.sorted().first, draw.chance(0.45) {
                let ended = replica.takeBatch(from: slot, at: time)
                #expect(ended.allSatisfy { $0.serviceEnd == time })
                #expect(ended.map(\.sequence) == reference.busy[slot]?.map(\.sequence))
                reference.busy[slot] = nil
            } else if draw.chance(0.8) {
                let task = task(sequence, point: UInt16(draw.below(4)), at: time)
                let isAdmitted = replica.arrive(task, at: time)
                let isExpected = reference.arrive(task, at: time)
                #expect(isAdmitted == isExpected)
            }
            startBatches(&replica, &reference, at: time)
            #expect(replica.wakeUp == reference.wakeUp(after: time))
            #expect(replica.waiting == reference.queue.count)
            #expect(replica.busySlots == reference.busy.count)
        }
    }

    /// Starts what is due on both and compares.
    private func startBatches(
        _ replica: inout EdgeReplica,
        _ reference: inout ReferenceReplica,
        at time: SimulationTime
    ) {
        while let slot = replica.startBatch(at: time) {
            let expected = reference.startBatch(at: time)
            #expect(slot == expected)
            var tasks: [EdgeTask] = []
            replica.forEachTask(on: slot) { tasks.append($0) }
            #expect(replica.batchSize(on: slot) == tasks.count)
            #expect(replica.firstTask(on: slot) == tasks.first)
            #expect(tasks.map(\.sequence) == reference.busy[slot]?.map(\.sequence))
            #expect(tasks.allSatisfy { Int($0.batchSize) == tasks.count })
            #expect(tasks.allSatisfy { $0.serviceStart == time })
        }
        let more = reference.startBatch(at: time)
        #expect(more == nil)
    }

    @Test func aBatchWaitsForItsOldestOrUntilItIsFull() {
        // Requests at 0, 10, 20, … ms; a batch of 3 is due 15 ms after its oldest.
        let scenario = TestScenario.synthetic(
            TestScenario.work(edge: .constant(.milliseconds(1))),
            duration: .milliseconds(60),
            devices: [TestScenario.group(TestScenario.every(.milliseconds(10)))],
            edges: [TestScenario.edge(batch: 3, wait: .milliseconds(15))]
        )
        let records = scenario.run().records(of: 0)
        #expect(records.map(\.batchSize) == [2, 2, 2, 2, 2, 2])
        #expect(
            records.map(\.serviceStart)
                == [15, 15, 35, 35, 55, 55].map { milliseconds($0) }
        )
    }

    @Test func aFullBatchDoesNotWait() {
        let scenario = TestScenario.synthetic(
            TestScenario.work(edge: .constant(.milliseconds(1))),
            duration: .milliseconds(60),
            devices: [TestScenario.group(TestScenario.every(.milliseconds(10)))],
            edges: [TestScenario.edge(batch: 3, wait: .seconds(1))]
        )
        let records = scenario.run().records(of: 0)
        #expect(
            records.map(\.serviceStart) == [20, 20, 20, 50, 50, 50].map { milliseconds($0) }
        )
    }

    @Test func theOldestHeadGoesFirstAndEntriesStayApart() {
        var replica = EdgeReplica(
            group: TestScenario.edge(batch: 4),
            entryOfPoint: [0, 1]
        )
        _ = replica.arrive(task(0, at: .start), at: .start)
        let first = replica.startBatch(at: .start)
        for (index, point) in [UInt16(1), 0, 1, 0].enumerated() {
            let time = milliseconds(Int64(index) + 1)
            _ = replica.arrive(task(UInt32(index) + 1, point: point, at: time), at: time)
        }
        let time = milliseconds(9)
        let early = replica.startBatch(at: time)
        #expect(early == nil)
        _ = replica.takeBatch(from: first ?? 0, at: time)
        let slot = replica.startBatch(at: time) ?? 0
        let second = replica.takeBatch(from: slot, at: time)
        #expect(second.map(\.sequence) == [1, 3])
        let last = replica.startBatch(at: time) ?? 0
        let third = replica.takeBatch(from: last, at: time)
        #expect(third.map(\.sequence) == [2, 4])
    }

    /// Many slots over years.
    @Test func slotTimeMayExceedSixtyFourBits() {
        var replica = EdgeReplica(group: TestScenario.edge(slots: 3), entryOfPoint: [0])
        for sequence in 0..<UInt32(3) {
            _ = replica.arrive(task(sequence, at: .start), at: .start)
            _ = replica.startBatch(at: .start)
        }
        replica.finish(at: .start + SimulationDuration(nanoseconds: 1 << 62))
        #expect(replica.statistics.busySlotNanoseconds == 3 << 62)
    }

    /// U = λS, and the queue's integral is the sum of the waits.
    @Test(arguments: [1, 3]) func statisticsAreTheSumsOverRequests(batch: Int) {
        let scenario = TestScenario.synthetic(
            TestScenario.work(edge: .exponential(mean: .milliseconds(8))),
            duration: .seconds(20),
            devices: [TestScenario.group(.poisson(rate: 100))],
            edges: [TestScenario.edge(batch: batch, wait: .milliseconds(batch == 1 ? 0 : 4))]
        )
        let result = scenario.run()
        let batches = Dictionary(grouping: result.records, by: \.serviceStart).values
        for requests in batches {
            #expect(requests.allSatisfy { Int($0.batchSize) == requests.count })
        }
        let services = batches.map { ($0[0].serviceEnd - $0[0].serviceStart).nanoseconds }
        let waits = result.records.map { ($0.serviceStart - $0.arrived).nanoseconds }
        #expect(result.statistics[0].busySlotNanoseconds == Int128(services.reduce(0, +)))
        #expect(result.statistics[0].batches == services.count)
        #expect(result.statistics[0].queueNanoseconds == Int128(waits.reduce(0, +)))
        #expect(result.statistics[0].requests == result.records.count)
    }
}

extension EdgeReplica {
    /// Ends a batch and takes its requests.
    fileprivate mutating func takeBatch(from slot: Int, at time: SimulationTime) -> [EdgeTask] {
        batchEnded(slot: slot, at: time)
        var tasks: [EdgeTask] = []
        while let task = takeServed(from: slot) { tasks.append(task) }
        return tasks
    }
}
