package import Histogram

extension Histogram {
    /// An empty histogram of nanoseconds.
    ///
    /// It has room for 17 s from the start and grows beyond: the library's growth from nothing is slow.
    package static func ofDurations(_ digits: SignificantDigits) -> Self {
        var histogram = Self(
            highestTrackableValue: 1 << 34,
            numberOfSignificantValueDigits: digits
        )
        histogram.autoResize = true
        return histogram
    }

    /// The buckets that hold values, in ascending order.
    ///
    /// The library's own iterators add up all values on the way, and trap where the sum exceeds 64 bits: the
    /// waiting of millions in an overloaded queue does within hours.
    var occupiedBuckets: OccupiedBuckets<Count> { OccupiedBuckets(self) }
}

/// A sequence of a histogram's buckets: the highest value of each, and how many values it holds.
struct OccupiedBuckets<Count: FixedWidthInteger & Codable & Sendable>: Sequence, IteratorProtocol {
    private let histogram: Histogram<Count>
    private var value: UInt64
    private var remaining: UInt64

    init(_ histogram: Histogram<Count>) {
        self.histogram = histogram
        value = histogram.min
        remaining = histogram.totalCount
    }

    mutating func next() -> (highest: UInt64, count: UInt64)? {
        while remaining > 0 {
            let count = UInt64(histogram.countForValue(value))
            value = histogram.nextNonEquivalentForValue(value)
            guard count > 0 else { continue }
            remaining -= count
            return (value - 1, count)
        }
        return nil
    }
}
