/// What events are ordered by: time, then source, then the source's own sequence.
@usableFromInline struct EventKey: BitwiseCopyable {
    /// Nanoseconds since the start of the run.
    @usableFromInline let time: Int64
    /// The source in the upper half, the sequence in the lower one.
    @usableFromInline let order: UInt64

    @inlinable init(time: Int64, source: UInt32, sequence: UInt32) {
        self.time = time
        self.order = UInt64(source) << 32 | UInt64(sequence)
    }

    /// Compared as one 128-bit number, which needs no branch; times are never negative.
    @inlinable static func < (left: Self, right: Self) -> Bool { left.combined < right.combined }

    @inlinable var combined: UInt128 {
        UInt128(_low: order, _high: UInt64(bitPattern: time))
    }
}
