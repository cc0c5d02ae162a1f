/// The pending events of a simulation, popped in the order (time, source, sequence).
///
/// Of two events of one source and time, the one that was pushed first comes first; so the order of two
/// events never depends on when, or by whom else, something was pushed. Many events lie in a ladder, which hands them
/// out span by span, to be sorted; what is pushed into the span that has begun goes to a small heap. So an event costs
/// the same however many are pending. A few events all lie in the heap.
///
/// Public, like all of this module, for the compiler's sake: it specialises and inlines across modules what is
/// public, and nothing that is package-wide. The queue took a third of a run before.
public struct EventQueue<Payload: BitwiseCopyable>: ~Copyable {
    /// What the ladder has handed out, all due before `horizon`.
    @usableFromInline var run = EventRun<Payload>()
    /// What was pushed before `horizon`.
    @usableFromInline var near = EventHeap<Payload>()
    /// What is due at `horizon` or later.
    @usableFromInline var far = EventLadder<Payload>()
    /// `Int64.max` while all events fit into the heap.
    @usableFromInline var horizon = Int64.max
    /// Counted over all sources, which orders the events of each.
    @usableFromInline var pushed: UInt64 = 0
    @usableFromInline var nowNanoseconds: Int64 = 0
    @usableFromInline var hasRefilled = false

    /// With so few events pending, all of them lie in the heap; with twice as many they move to the ladder.
    @inlinable static var heapCount: Int { 64 }

    /// An empty queue.
    @inlinable public init() {}

    /// The time of the event popped last; no event may be pushed before it.
    @inlinable public var now: SimulationTime { SimulationTime(nanoseconds: nowNanoseconds) }

    /// How many events are pending.
    @inlinable public var count: Int { run.count + near.count + far.count }

    /// The time of the next event; nil when none is pending.
    @inlinable public mutating func nextTime() -> SimulationTime? {
        if count == 0 { return nil }
        let key = isRunNext() ? run.firstKey : near.firstKey
        return SimulationTime(nanoseconds: key.time)
    }

    /// Adds an event that `source` emits; `time` must not lie before `now`.
    @inlinable public mutating func push(
        _ payload: Payload,
        at time: SimulationTime,
        from source: UInt32
    ) {
        precondition(time >= now, "an event was pushed into the past")
        let key = EventKey(time: time.nanoseconds, source: source, sequence: pushed)
        pushed += 1
        if key.time >= horizon { return far.insert(EventEntry(key: key, payload: payload)) }
        near.insert(EventEntry(key: key, payload: payload))
        if horizon == .max, near.count > 2 * Self.heapCount { spill() }
    }

    /// Removes the first event, and moves `now` to its time.
    ///
    /// - Parameter limit: An event after it stays.
    /// - Returns: the event; nil when none is pending through `limit`.
    @inlinable public mutating func pop(
        through limit: SimulationTime = SimulationTime(nanoseconds: .max)
    ) -> (time: SimulationTime, payload: Payload)? {
        if count == 0 { return nil }
        if isRunNext() {
            guard run.firstKey.time <= limit.nanoseconds else { return nil }
            nowNanoseconds = run.firstKey.time
            return (now, run.removeFirst())
        }
        guard near.firstKey.time <= limit.nanoseconds else { return nil }
        nowNanoseconds = near.firstKey.time
        return (now, near.removeFirst())
    }

    /// Whether the next event, of which there is one, is the run's first, else the heap's.
    @inlinable mutating func isRunNext() -> Bool {
        if run.count == 0, near.count == 0 { refill() }
        near.closeHole()
        if run.count == 0 { return false }
        return near.used == 0 || run.firstKey < near.firstKey
    }

    /// Whether other events are due soon than when this was asked last: about once in some dozens of events.
    @inlinable public mutating func takeRefilled() -> Bool {
        defer { hasRefilled = false }
        return hasRefilled
    }

    /// Shows what was handed out last and is still pending.
    @inlinable public func forEachSoon(_ body: (Payload) -> Void) { run.forEach(body) }

    /// Takes what is due next from the ladder, when nothing is left of what came before.
    @inline(never) @inlinable mutating func refill() {
        if far.count <= Self.heapCount {
            far.removeAll { near.insert($0) }
            horizon = .max
        } else {
            horizon = far.removeFirst { run.append($0) }
            run.sort()
            hasRefilled = true
        }
    }

    /// Moves everything from the heap to the ladder.
    @inline(never) @inlinable mutating func spill() {
        near.removeAll { far.insert($0) }
        horizon = nowNanoseconds
    }
}

/// An event as the queue's parts hand it on.
@usableFromInline struct EventEntry<Payload: BitwiseCopyable>: BitwiseCopyable {
    @usableFromInline let key: EventKey
    @usableFromInline let payload: Payload

    @inlinable init(key: EventKey, payload: Payload) {
        self.key = key
        self.payload = payload
    }
}
