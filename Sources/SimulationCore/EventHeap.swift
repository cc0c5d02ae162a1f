/// A few events as a heap: the part of an `EventQueue` that is due soon and was pushed of late.
///
/// An 8-ary heap whose keys lie apart from the payloads: eight siblings fill two cache lines. (Measured against a
/// 4-ary heap: a fifth faster with 100,000 events, equal below.) A removal leaves its hole at the root and the
/// insertion that often follows fills it, which saves half of the sifting.
@usableFromInline struct EventHeap<Payload: BitwiseCopyable>: ~Copyable {
    /// Keys by heap position, shifted by `keyShift` so that siblings lie on one cache line.
    @usableFromInline var keys: UnsafeMutablePointer<EventKey>
    @usableFromInline var payloads: UnsafeMutablePointer<Payload>
    @usableFromInline var capacity = 256
    /// Heap positions in use, a hole at the root included.
    @usableFromInline var used = 0
    @usableFromInline var rootIsHole = false

    @inlinable init() {
        self.keys = Self.allocateKeys(capacity)
        self.payloads = .allocate(capacity: capacity)
    }

    @inlinable deinit {
        Self.deallocateKeys(keys)
        payloads.deallocate()
    }

    @inlinable var count: Int { rootIsHole ? used - 1 : used }

    /// The first event's; there must be one, and no hole.
    @inlinable var firstKey: EventKey { keys[0] }

    @inlinable mutating func insert(_ entry: EventEntry<Payload>) {
        if rootIsHole {
            rootIsHole = false
            siftDown(entry.key, entry.payload)
        } else {
            if used == capacity { grow() }
            used += 1
            siftUp(entry.key, entry.payload)
        }
    }

    /// Removes the first event, of which there is one, and no hole.
    @inlinable mutating func removeFirst() -> Payload {
        rootIsHole = true
        return payloads[0]
    }

    /// Hands all events out, in no order.
    @inlinable mutating func removeAll(_ body: (EventEntry<Payload>) -> Void) {
        closeHole()
        for position in 0..<used {
            body(EventEntry(key: keys[position], payload: payloads[position]))
        }
        used = 0
    }

    /// Moves the last event into the hole that the latest removal may have left at the root.
    @inlinable mutating func closeHole() {
        guard rootIsHole else { return }
        rootIsHole = false
        used -= 1
        if used > 0 { siftDown(keys[used], payloads[used]) }
    }

    /// Places an event at the root's empty position or below it.
    @inlinable mutating func siftDown(_ key: EventKey, _ payload: Payload) {
        let keys = keys
        let payloads = payloads
        var position = 0
        while true {
            let first = 8 &* position &+ 1
            guard first < used else { break }
            let smallest =
                first &+ 7 < used ? first &+ smallestOfEight(keys + first) : smallest(from: first)
            let smallestKey = keys[smallest]
            guard smallestKey < key else { break }
            keys[position] = smallestKey
            payloads[position] = payloads[smallest]
            position = smallest
        }
        keys[position] = key
        payloads[position] = payload
    }

    /// Which of eight siblings comes first: a tournament, which compiles to no branch.
    @inlinable func smallestOfEight(_ keys: UnsafeMutablePointer<EventKey>) -> Int {
        let first = keys[1] < keys[0] ? 1 : 0
        let second = keys[3] < keys[2] ? 3 : 2
        let third = keys[5] < keys[4] ? 5 : 4
        let fourth = keys[7] < keys[6] ? 7 : 6
        let left = keys[second] < keys[first] ? second : first
        let right = keys[fourth] < keys[third] ? fourth : third
        return keys[right] < keys[left] ? right : left
    }

    /// The position of the first among the heap's last siblings, which begin at `first`.
    @inlinable func smallest(from first: Int) -> Int {
        var smallest = first
        var position = first &+ 1
        while position < used {
            if keys[position] < keys[smallest] { smallest = position }
            position &+= 1
        }
        return smallest
    }

    /// Places an event at the last position or above it.
    @inlinable mutating func siftUp(_ key: EventKey, _ payload: Payload) {
        let keys = keys
        let payloads = payloads
        var position = used - 1
        while position > 0 {
            let parent = (position &- 1) >> 3
            guard key < keys[parent] else { break }
            keys[position] = keys[parent]
            payloads[position] = payloads[parent]
            position = parent
        }
        keys[position] = key
        payloads[position] = payload
    }

    @inlinable mutating func grow() {
        let largerKeys = Self.allocateKeys(2 * capacity)
        let largerPayloads = UnsafeMutablePointer<Payload>.allocate(capacity: 2 * capacity)
        largerKeys.update(from: keys, count: used)
        largerPayloads.update(from: payloads, count: used)
        Self.deallocateKeys(keys)
        payloads.deallocate()
        keys = largerKeys
        payloads = largerPayloads
        capacity *= 2
    }

    /// Position 1 starts a cache line, and so do the first children of all other positions.
    @inlinable static func allocateKeys(_ capacity: Int) -> UnsafeMutablePointer<EventKey> {
        let stride = MemoryLayout<EventKey>.stride
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: (capacity + keyShift) * stride,
            alignment: 64
        )
        return (memory + keyShift * stride).bindMemory(to: EventKey.self, capacity: capacity)
    }

    @inlinable static func deallocateKeys(_ keys: UnsafeMutablePointer<EventKey>) {
        (UnsafeMutableRawPointer(keys) - keyShift * MemoryLayout<EventKey>.stride).deallocate()
    }

    /// Keys left free ahead of the root, so that position 1 is aligned.
    @inlinable static var keyShift: Int { 3 }
}
