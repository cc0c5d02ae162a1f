import DequeModule
package import Scenario
package import SimulationCore

/// One edge server process: bounded queues, a batcher and executor slots.
///
/// A pure state machine. After every call the driver asks `startBatch` until it gives nil, then
/// sets a timer for `wakeUp`.
package struct EdgeReplica: Sendable {
    private struct Slot: Sendable {
        var tasks: [EdgeTask] = []
        var isBusy = false
        var start = SimulationTime.start
    }

    /// By entry into the network: requests of one queue can share a batch.
    private var queues: [Deque<EdgeTask>]
    private let entryOfPoint: [Int]
    private let batching: EdgeGroup.Batching
    private let queueBound: Int
    private var slots: [Slot]
    package private(set) var waiting = 0
    package private(set) var busySlots = 0
    package private(set) var statistics = ReplicaStatistics()
    private var lastChange = SimulationTime.start

    package init(group: EdgeGroup, entryOfPoint: [Int]) {
        self.batching = group.batch
        self.queueBound = group.queue
        self.entryOfPoint = entryOfPoint
        let entries = (entryOfPoint.max() ?? 0) + 1
        self.queues = Array(repeating: Deque(), count: entries)
        self.slots = Array(repeating: Slot(), count: group.slots)
    }

    /// Queues a request.
    ///
    /// - Returns: false when the queue is full; the request is then rejected.
    package mutating func arrive(_ task: EdgeTask, at time: SimulationTime) -> Bool {
        account(until: time)
        guard waiting < queueBound || canStartAtOnce(task) else {
            statistics.rejected += 1
            return false
        }
        queues[entryOfPoint[Int(task.operatingPoint)]].append(task)
        waiting += 1
        return true
    }

    /// Moves a batch that is due onto a free slot.
    ///
    /// - Returns: the slot, whose `tasks(on:)` are then to be run; nil when nothing is due.
    package mutating func startBatch(at time: SimulationTime) -> Int? {
        guard busySlots < slots.count, let entry = readyEntry(at: time),
            let slot = slots.firstIndex(where: { !$0.isBusy })
        else { return nil }
        account(until: time)
        let size = min(queues[entry].count, batching.max)
        slots[slot].tasks.removeAll(keepingCapacity: true)
        for _ in 0..<size {
            var task = queues[entry].removeFirst()
            task.serviceStart = time
            task.batchSize = UInt16(size)
            slots[slot].tasks.append(task)
        }
        slots[slot].isBusy = true
        slots[slot].start = time
        waiting -= size
        busySlots += 1
        statistics.batches += 1
        statistics.requests += size
        return slot
    }

    /// The batch on a slot.
    package func tasks(on slot: Int) -> [EdgeTask] { slots[slot].tasks }

    /// Frees a slot.
    ///
    /// - Returns: the batch's requests, with `serviceEnd` set.
    package mutating func batchEnded(slot: Int, at time: SimulationTime) -> [EdgeTask] {
        precondition(slots[slot].isBusy, "a batch ended on an idle slot")
        account(until: time)
        slots[slot].isBusy = false
        busySlots -= 1
        for index in slots[slot].tasks.indices { slots[slot].tasks[index].serviceEnd = time }
        return slots[slot].tasks
    }

    /// When a waiting batch falls due by itself: nil when none waits or no slot is free.
    package var wakeUp: SimulationTime? {
        guard busySlots < slots.count else { return nil }
        guard waiting > 0 else { return nil }
        var earliest: SimulationTime?
        for queue in queues {
            guard let first = queue.first else { continue }
            earliest = min(earliest ?? first.arrived, first.arrived)
        }
        return earliest.map { $0 + batching.wait }
    }

    /// Brings the statistics up to `time`, the end of the run.
    package mutating func finish(at time: SimulationTime) { account(until: time) }

    /// A free slot would take the request as it arrives, alone or as the last of a full batch.
    private func canStartAtOnce(_ task: EdgeTask) -> Bool {
        let entry = entryOfPoint[Int(task.operatingPoint)]
        return busySlots < slots.count
            && (batching.wait == .zero || queues[entry].count + 1 >= batching.max)
    }

    /// Of the entries whose batch is full or whose oldest request has waited long enough, the one
    /// with the oldest request.
    private func readyEntry(at time: SimulationTime) -> Int? {
        var best: Int?
        var oldest = SimulationTime(nanoseconds: .max)
        for entry in queues.indices {
            guard let first = queues[entry].first, first.arrived < oldest,
                queues[entry].count >= batching.max || time >= first.arrived + batching.wait
            else { continue }
            best = entry
            oldest = first.arrived
        }
        return best
    }

    private mutating func account(until time: SimulationTime) {
        let span = max((time - lastChange).nanoseconds, 0)
        statistics.busySlotNanoseconds += span * Int64(busySlots)
        statistics.queueNanoseconds += Int128(span) * Int128(waiting)
        lastChange = max(lastChange, time)
    }
}
