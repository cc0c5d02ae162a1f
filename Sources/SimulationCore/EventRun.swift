/// Events in the order in which they come, sorted once: the span that an `EventQueue` works through.
@usableFromInline struct EventRun<Payload: BitwiseCopyable>: ~Copyable {
    @usableFromInline typealias Entry = EventEntry<Payload>

    @usableFromInline var entries: UnsafeMutablePointer<Entry>
    @usableFromInline var capacity = 128
    /// Those before this one have been removed.
    @usableFromInline var next = 0
    @usableFromInline var end = 0

    @inlinable init() { entries = .allocate(capacity: capacity) }

    @inlinable deinit { entries.deallocate() }

    @inlinable var count: Int { end - next }

    /// The first event's; there must be one.
    @inlinable var firstKey: EventKey { entries[next].key }

    /// Removes the first event; there must be one.
    @inlinable mutating func removeFirst() -> Payload {
        next &+= 1
        return entries[next &- 1].payload
    }

    /// Adds an event, in no order, to a run of which nothing is left but what has been added: `sort` is to follow.
    @inlinable mutating func append(_ entry: Entry) {
        if next > 0 { (next, end) = (0, 0) }
        if end == capacity { grow() }
        entries[end] = entry
        end &+= 1
    }

    @inlinable mutating func sort() {
        guard count <= Self.mostInserted else {
            var unsorted = UnsafeMutableBufferPointer(start: entries, count: end)
            return unsorted.sort { $0.key < $1.key }
        }
        for index in 0..<end {
            let entry = entries[index]
            var place = index
            while place > 0, entry.key < entries[place &- 1].key {
                entries[place] = entries[place &- 1]
                place &-= 1
            }
            entries[place] = entry
        }
    }

    /// Up to so many events are sorted by insertion, the library's sort being slower with few.
    @inlinable static var mostInserted: Int { 64 }

    /// Shows all events.
    @inlinable func forEach(_ body: (Payload) -> Void) {
        for index in next..<end { body(entries[index].payload) }
    }

    @inlinable mutating func grow() {
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: 2 * capacity)
        larger.update(from: entries, count: end)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }
}
