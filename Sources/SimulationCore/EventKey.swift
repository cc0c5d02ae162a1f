/// What events are ordered by: time, then source, then sequence.
@usableFromInline struct EventKey: BitwiseCopyable {
    /// Nanoseconds since the start of the run.
    @usableFromInline let time: Int64
    /// The source in the upper 26 bits, the sequence in the lower 38.
    @usableFromInline let order: UInt64

    @inlinable init(time: Int64, source: UInt32, sequence: UInt64) {
        precondition(source < 1 << 26, "a queue tells 67,108,864 sources apart")
        precondition(sequence < 1 << 38, "a queue orders 274,877,906,944 events")
        self.time = time
        self.order = UInt64(source) << 38 | sequence
    }

    /// Compared as one 128-bit number, which needs no branch; times are never negative.
    @inlinable static func < (left: Self, right: Self) -> Bool { left.combined < right.combined }

    @inlinable var combined: UInt128 {
        UInt128(_low: order, _high: UInt64(bitPattern: time))
    }
}
