/// Many events in no more order than is needed: the part of an `EventQueue` that is due later.
///
/// A ladder queue (Tang, Goh and Thng, "Ladder queue: an O(1) priority queue structure for large-scale discrete
/// event simulation", ACM TOMACS 15, 2005). A rung divides a span of time into buckets; the first bucket with many
/// events is divided by the next rung, and one with few is handed out. What is due after all rungs lies on
/// top in one pile, of which the next rung is made when the others are used up.
@usableFromInline struct EventLadder<Payload: BitwiseCopyable>: ~Copyable {
    @usableFromInline typealias Entry = EventEntry<Payload>

    /// A span of time in buckets of 2^shift nanoseconds; those before `current` have been handed out.
    @usableFromInline struct Rung: BitwiseCopyable {
        @usableFromInline var start: Int64
        @usableFromInline var shift: Int64
        @usableFromInline var current = 0
        @usableFromInline var bucketCount: Int
        @usableFromInline var buckets: UnsafeMutablePointer<Pile>

        @inlinable init(buckets: UnsafeMutablePointer<Pile>) {
            self.start = 0
            self.shift = 0
            self.bucketCount = 0
            self.buckets = buckets
        }

        /// Where a bucket starts; a sum beyond all times is cut off.
        @inlinable func boundary(_ bucket: Int) -> Int64 {
            let (time, isBeyond) = start.addingReportingOverflow(Int64(bucket) << shift)
            return isBeyond ? .max : time
        }
    }

    /// Events in no order, in a list of chunks.
    @usableFromInline struct Pile: BitwiseCopyable {
        /// The chunk that is being filled, which links to the one before it.
        @usableFromInline var chunk: UnsafeMutablePointer<Chunk>?
        @usableFromInline var count = 0

        @inlinable init() {}
    }

    /// The head of a chunk; its events follow.
    @usableFromInline struct Chunk: BitwiseCopyable {
        @usableFromInline var next: UnsafeMutablePointer<Chunk>?
        @usableFromInline var used: Int

        @inlinable init(next: UnsafeMutablePointer<Chunk>?) {
            self.next = next
            self.used = 0
        }
    }

    /// Events of a chunk.
    @inlinable static var chunkCapacity: Int { 16 }
    /// A bucket with more events is divided, into about as many buckets as it has times `eventsOfBucket`.
    @inlinable static var mostEvents: Int { 64 }
    @inlinable static var eventsOfBucket: Int { 16 }
    @inlinable static var mostBuckets: Int { 4096 }
    /// Every rung but the first divides a bucket by 4 at least, and the first has fewer than 2^63 ns.
    @inlinable static var mostRungs: Int { 32 }

    @usableFromInline var top = Pile()
    @usableFromInline var topEarliest = Int64.max
    @usableFromInline var topLatest = Int64.min
    @usableFromInline let rungs: UnsafeMutablePointer<Rung>
    /// From the first, which spans the longest time, to the finest.
    @usableFromInline var rungCount = 0
    /// Rungs that have memory for buckets.
    @usableFromInline var rungsMade = 0
    @usableFromInline var freeChunks: UnsafeMutablePointer<Chunk>?
    @usableFromInline var count = 0

    @inlinable init() { rungs = .allocate(capacity: Self.mostRungs) }

    @inlinable deinit {
        for rung in 0..<rungCount {
            for bucket in rungs[rung].current..<rungs[rung].bucketCount {
                Self.free(rungs[rung].buckets[bucket].chunk)
            }
        }
        for rung in 0..<rungsMade { rungs[rung].buckets.deallocate() }
        Self.free(top.chunk)
        Self.free(freeChunks)
        rungs.deallocate()
    }

    /// Adds an event, which must not be due before the last span that was handed out has ended.
    @inlinable mutating func insert(_ entry: Entry) {
        count += 1
        var rung = rungCount - 1
        while rung >= 0 {
            let steps = (entry.key.time - rungs[rung].start) >> rungs[rung].shift
            if steps < rungs[rung].bucketCount {
                return append(entry, to: &rungs[rung].buckets[Int(steps)])
            }
            rung -= 1
        }
        topEarliest = min(topEarliest, entry.key.time)
        topLatest = max(topLatest, entry.key.time)
        var pile = top
        append(entry, to: &pile)
        top = pile
    }

    /// Hands out the events of the next span, in no order; there must be some.
    ///
    /// - Returns: where the span ends.
    @inlinable mutating func removeFirst(_ body: (Entry) -> Void) -> Int64 {
        while true {
            if rungCount == 0 { divideTop() }
            let rung = rungs + (rungCount - 1)
            while rung.pointee.current < rung.pointee.bucketCount,
                rung.pointee.buckets[rung.pointee.current].count == 0
            { rung.pointee.current += 1 }
            let bucket = rung.pointee.current
            guard bucket < rung.pointee.bucketCount else {
                rungCount -= 1
                continue
            }
            let pile = rung.pointee.buckets[bucket]
            rung.pointee.buckets[bucket] = Pile()
            rung.pointee.current += 1
            if pile.count > Self.mostEvents, rung.pointee.shift > 0, rungCount < Self.mostRungs {
                divide(pile, from: rung.pointee.boundary(bucket), shift: rung.pointee.shift)
                continue
            }
            count -= pile.count
            empty(pile, body)
            return min(rung.pointee.boundary(bucket + 1), .max - 1)
        }
    }

    /// Hands out all events, in no order.
    @inlinable mutating func removeAll(_ body: (Entry) -> Void) {
        while rungCount > 0 {
            let rung = rungs[rungCount - 1]
            for bucket in rung.current..<rung.bucketCount {
                empty(rung.buckets[bucket], body)
                rung.buckets[bucket] = Pile()
            }
            rungCount -= 1
        }
        empty(takeTop(), body)
        count = 0
    }

    // MARK: Rungs

    @inlinable mutating func divideTop() {
        let (start, span) = (topEarliest, topLatest - topEarliest)
        let pile = takeTop()
        let buckets = Self.buckets(for: pile.count)
        // As coarse as it takes for the last event to lie in the last bucket or before it.
        let shift = max(0, Int64.bitWidth - span.leadingZeroBitCount - buckets.trailingZeroBitCount)
        fill(start: start, shift: Int64(shift), buckets: Int(span >> Int64(shift)) + 1, with: pile)
    }

    /// Divides a bucket of 2^shift nanoseconds.
    @inlinable mutating func divide(_ pile: Pile, from start: Int64, shift: Int64) {
        let finer = min(Int64(Self.buckets(for: pile.count).trailingZeroBitCount), shift)
        fill(start: start, shift: shift - finer, buckets: 1 << Int(finer), with: pile)
    }

    /// A power of two.
    @inlinable static func buckets(for events: Int) -> Int {
        let wanted = max(4, min(mostBuckets, events / eventsOfBucket))
        return 1 << (Int.bitWidth - 1 - wanted.leadingZeroBitCount)
    }

    @inlinable mutating func fill(start: Int64, shift: Int64, buckets: Int, with pile: Pile) {
        let rung = rungs + rungCount
        if rungCount == rungsMade {
            let memory = UnsafeMutablePointer<Pile>.allocate(capacity: Self.mostBuckets)
            memory.initialize(repeating: Pile(), count: Self.mostBuckets)
            rung.initialize(to: Rung(buckets: memory))
            rungsMade += 1
        }
        rungCount += 1
        rung.pointee.start = start
        rung.pointee.shift = shift
        rung.pointee.current = 0
        rung.pointee.bucketCount = buckets
        let memory = rung.pointee.buckets
        var chunk = pile.chunk
        while let full = chunk {
            let entries = Self.entries(of: full)
            for index in 0..<full.pointee.used {
                let entry = entries[index]
                append(entry, to: &memory[Int((entry.key.time - start) >> shift)])
            }
            chunk = full.pointee.next
            recycle(full)
        }
    }

    // MARK: Piles

    @inlinable mutating func append(_ entry: Entry, to pile: inout Pile) {
        var chunk = pile.chunk
        if chunk == nil || chunk?.pointee.used == Self.chunkCapacity {
            chunk = makeChunk(next: chunk)
            pile.chunk = chunk
        }
        guard let chunk else { return }
        Self.entries(of: chunk)[chunk.pointee.used] = entry
        chunk.pointee.used += 1
        pile.count += 1
    }

    @inlinable mutating func empty(_ pile: Pile, _ body: (Entry) -> Void) {
        var chunk = pile.chunk
        while let full = chunk {
            let entries = Self.entries(of: full)
            for index in 0..<full.pointee.used { body(entries[index]) }
            chunk = full.pointee.next
            recycle(full)
        }
    }

    @inlinable mutating func takeTop() -> Pile {
        defer {
            top = Pile()
            topEarliest = .max
            topLatest = .min
        }
        return top
    }

    @inlinable mutating func recycle(_ chunk: UnsafeMutablePointer<Chunk>) {
        chunk.pointee.next = freeChunks
        freeChunks = chunk
    }

    @inlinable mutating func makeChunk(
        next: UnsafeMutablePointer<Chunk>?
    ) -> UnsafeMutablePointer<Chunk> {
        let chunk: UnsafeMutablePointer<Chunk>
        if let free = freeChunks {
            freeChunks = free.pointee.next
            chunk = free
        } else {
            chunk = UnsafeMutableRawPointer.allocate(
                byteCount: Self.headBytes + Self.chunkCapacity * MemoryLayout<Entry>.stride,
                alignment: 16
            ).bindMemory(to: Chunk.self, capacity: 1)
        }
        chunk.initialize(to: Chunk(next: next))
        return chunk
    }

    @inlinable static var headBytes: Int { 16 }

    @inlinable static func entries(
        of chunk: UnsafeMutablePointer<Chunk>
    ) -> UnsafeMutablePointer<Entry> {
        (UnsafeMutableRawPointer(chunk) + headBytes).assumingMemoryBound(to: Entry.self)
    }

    @inlinable static func free(_ list: UnsafeMutablePointer<Chunk>?) {
        var list = list
        while let chunk = list {
            list = chunk.pointee.next
            chunk.deallocate()
        }
    }
}
