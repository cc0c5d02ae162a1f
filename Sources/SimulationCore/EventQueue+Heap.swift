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
        let used = used
        var position = 0
        while true {
            let first = 4 * position + 1
            var smallest: Int
            var smallestKey: EventKey
            if first + 3 < used {
                let leftIsSecond = keys[first + 1] < keys[first]
                let left = leftIsSecond ? first + 1 : first
                let rightIsSecond = keys[first + 3] < keys[first + 2]
                let right = rightIsSecond ? first + 3 : first + 2
                smallest = keys[right] < keys[left] ? right : left
                smallestKey = keys[smallest]
            } else {
                guard first < used else { break }
                smallest = first
                smallestKey = keys[first]
                for child in (first + 1)..<max(first + 1, used)
                where keys[child] < smallestKey {
                    smallest = child
                    smallestKey = keys[child]
                }
            }
            guard smallestKey < key else { break }
            keys[position] = smallestKey
            payloads[position] = payloads[smallest]
            position = smallest
        }
        keys[position] = key
        payloads[position] = payload
    }

    /// Places an event at the last position or above it.
    @inlinable mutating func siftUp(_ key: EventKey, _ payload: Payload) {
        let keys = keys
        let payloads = payloads
        var position = used - 1
        while position > 0 {
            let parent = (position - 1) >> 2
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

    /// Position 1 starts a cache line, and so do the children of every other position.
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

    static var keyShift: Int { 3 }
}
