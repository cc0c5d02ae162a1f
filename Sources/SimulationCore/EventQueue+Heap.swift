extension EventQueue {
    /// Counts up the source's sequence; a source seen for the first time starts at 0.
    @inlinable mutating func sequence(of source: UInt32) -> UInt32 {
        let index = Int(source)
        if index >= nextSequences.count {
            nextSequences.append(
                contentsOf: repeatElement(0, count: index + 1 - nextSequences.count)
            )
        }
        let sequence = nextSequences[index]
        nextSequences[index] = sequence + 1
        return sequence
    }

    /// Moves the last event into the hole that the latest pop left at the root.
    @inlinable mutating func closeHole() {
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

    @usableFromInline mutating func grow() {
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
    static func allocateKeys(_ capacity: Int) -> UnsafeMutablePointer<EventKey> {
        let stride = MemoryLayout<EventKey>.stride
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: (capacity + keyShift) * stride,
            alignment: 64
        )
        return (memory + keyShift * stride).bindMemory(to: EventKey.self, capacity: capacity)
    }

    static func deallocateKeys(_ keys: UnsafeMutablePointer<EventKey>) {
        (UnsafeMutableRawPointer(keys) - keyShift * MemoryLayout<EventKey>.stride).deallocate()
    }

    /// Keys left free ahead of the root, so that position 1 is aligned.
    static var keyShift: Int { 3 }
}
