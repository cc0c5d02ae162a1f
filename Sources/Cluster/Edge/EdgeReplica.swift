import BasicContainers
package import Scenario
package import SimulationCore

/// One edge server process: bounded queues, a batcher and executor slots.
///
/// A pure state machine. After every call the driver asks `startBatch` until it gives nil, then
/// sets a timer for what `takeWakeUp` gives.
package struct EdgeReplica: ~Copyable, Sendable {
    /// A request, and the next one in its queue, its batch, or the list of free places.
    struct Place: BitwiseCopyable {
        var task: EdgeTask
        var next: Int32
    }

    /// Requests in order, linked through their places: they go from a queue to a slot without being copied.
    struct List: BitwiseCopyable {
        var first = EdgeReplica.none
        var last = EdgeReplica.none
        var count: Int32 = 0
    }

    struct Slot: BitwiseCopyable {
        var tasks = List()
        var isBusy = false
        /// When its latest batch ended.
        var freeSince = SimulationTime.start
    }

    private static var none: Int32 { -1 }

    private var places = UniqueArray<Place>()
    private var firstFree = EdgeReplica.none
    /// By entry into the network: requests of one queue can share a batch.
    private var queues: UniqueArray<List>
    private let entryOfPoint: [Int]
    private let batching: EdgeGroup.Batching
    private let queueBound: Int
    private var slots: UniqueArray<Slot>
    package private(set) var waiting = 0
    package private(set) var busySlots = 0
    package private(set) var statistics = ReplicaStatistics()
    private var lastChange = SimulationTime.start
    /// What `takeWakeUp` gave last.
    private var announcedWakeUp = SimulationTime.absent

    package init(group: EdgeGroup, entryOfPoint: [Int]) {
        self.batching = group.batch
        self.queueBound = group.queue
        self.entryOfPoint = entryOfPoint
        let entries = (entryOfPoint.max() ?? 0) + 1
        self.queues = UniqueArray(repeating: List(), count: entries)
        self.slots = UniqueArray(repeating: Slot(), count: group.slots)
    }

    /// Queues a request.
    ///
    /// - Returns: false when the queue is full; the request is then rejected.
    package mutating func arrive(_ task: EdgeTask, at time: SimulationTime) -> Bool {
        account(until: time)
        let entry = entryOfPoint[Int(task.operatingPoint)]
        guard waiting < queueBound || canStartAtOnce(entry: entry) else {
            return false
        }
        let place = store(task)
        if queues[entry].count == 0 {
            queues[entry].first = place
        } else {
            places[Int(queues[entry].last)].next = place
        }
        queues[entry].last = place
        queues[entry].count += 1
        waiting += 1
        return true
    }

    /// Moves a batch that is due onto a free slot.
    ///
    /// - Returns: the slot, whose tasks are then to be run; nil when nothing is due.
    package mutating func startBatch(at time: SimulationTime) -> Int? {
        guard waiting > 0, busySlots < slots.count, let entry = readyEntry(at: time) else {
            return nil
        }
        account(until: time)
        var slot = 0
        while slots[slot].isBusy { slot += 1 }
        let size = min(Int(queues[entry].count), batching.max)
        slots[slot].tasks = takeFirst(size, of: entry, at: time)
        slots[slot].isBusy = true
        waiting -= size
        busySlots += 1
        statistics.batches += 1
        statistics.requests += size
        return slot
    }

    /// How many requests the batch on a slot has.
    package func batchSize(on slot: Int) -> Int { Int(slots[slot].tasks.count) }

    /// How long a slot was idle before the batch on it.
    package func idleTime(of slot: Int) -> SimulationDuration {
        let start = places[Int(slots[slot].tasks.first)].task.serviceStart
        return max(start - slots[slot].freeSince, .zero)
    }

    /// The first request of the batch on a slot.
    package func firstTask(on slot: Int) -> EdgeTask { places[Int(slots[slot].tasks.first)].task }

    /// Hands out the requests of the batch on a slot, in order.
    package func forEachTask(on slot: Int, _ body: (EdgeTask) -> Void) {
        var place = slots[slot].tasks.first
        while place != Self.none {
            body(places[Int(place)].task)
            place = places[Int(place)].next
        }
    }

    /// Frees a slot, whose requests are then to be taken by `takeServed` before it is used again.
    package mutating func batchEnded(slot: Int, at time: SimulationTime) {
        precondition(slots[slot].isBusy, "a batch ended on an idle slot")
        account(until: time)
        slots[slot].isBusy = false
        slots[slot].freeSince = time
        busySlots -= 1
        var place = slots[slot].tasks.first
        while place != Self.none {
            places[Int(place)].task.serviceEnd = time
            place = places[Int(place)].next
        }
    }

    /// The next request of a batch that has ended, in order; nil after the last.
    package mutating func takeServed(from slot: Int) -> EdgeTask? {
        let place = slots[slot].tasks.first
        guard place != Self.none else { return nil }
        slots[slot].tasks.first = places[Int(place)].next
        places[Int(place)].next = firstFree
        firstFree = place
        return places[Int(place)].task
    }

    /// When, after `time`, a waiting batch falls due by itself.
    ///
    /// - Returns: nil also when that was said before.
    package mutating func takeWakeUp(after time: SimulationTime) -> SimulationTime? {
        guard let wakeUp, wakeUp > time, wakeUp != announcedWakeUp else { return nil }
        announcedWakeUp = wakeUp
        return wakeUp
    }

    /// When a waiting batch falls due by itself: nil when none waits or no slot is free.
    @inline(__always)
    package var wakeUp: SimulationTime? {
        guard waiting > 0, busySlots < slots.count else { return nil }
        var earliest: SimulationTime?
        for entry in queues.indices where queues[entry].count > 0 {
            let arrived = places[Int(queues[entry].first)].task.arrived
            earliest = min(earliest ?? arrived, arrived)
        }
        return earliest.map { $0 + batching.wait }
    }

    /// Brings the statistics up to `time`, the end of the run.
    package mutating func finish(at time: SimulationTime) { account(until: time) }

    /// A free slot would take a request as it arrives, alone or as the last of a full batch.
    private func canStartAtOnce(entry: Int) -> Bool {
        busySlots < slots.count
            && (batching.wait == .zero || Int(queues[entry].count) + 1 >= batching.max)
    }

    /// Of the entries whose batch is full or whose oldest request has waited long enough, the one
    /// with the oldest request.
    private func readyEntry(at time: SimulationTime) -> Int? {
        var best: Int?
        var oldest = SimulationTime(nanoseconds: .max)
        for entry in queues.indices where queues[entry].count > 0 {
            let arrived = places[Int(queues[entry].first)].task.arrived
            guard arrived < oldest,
                Int(queues[entry].count) >= batching.max || time >= arrived + batching.wait
            else { continue }
            best = entry
            oldest = arrived
        }
        return best
    }

    private mutating func store(_ task: EdgeTask) -> Int32 {
        let place = firstFree
        guard place != Self.none else {
            places.append(Place(task: task, next: Self.none))
            return Int32(places.count - 1)
        }
        firstFree = places[Int(place)].next
        places[Int(place)] = Place(task: task, next: Self.none)
        return place
    }

    /// Cuts the first requests off a queue, as a batch that starts at `time`.
    private mutating func takeFirst(_ size: Int, of entry: Int, at time: SimulationTime) -> List {
        var batch = List()
        batch.first = queues[entry].first
        batch.count = Int32(size)
        var place = batch.first
        for _ in 0..<size {
            batch.last = place
            places[Int(place)].task.serviceStart = time
            places[Int(place)].task.batchSize = UInt16(size)
            place = places[Int(place)].next
        }
        places[Int(batch.last)].next = Self.none
        queues[entry].first = place
        queues[entry].count -= Int32(size)
        return batch
    }

    private mutating func account(until time: SimulationTime) {
        guard time > lastChange else { return }
        let span = (time - lastChange).nanoseconds
        lastChange = time
        statistics.busySlotNanoseconds += Int128(span) * Int128(busySlots)
        if waiting > 0 { statistics.queueNanoseconds += Int128(span) * Int128(waiting) }
    }
}
