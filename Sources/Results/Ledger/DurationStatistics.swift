import Histogram
import SimulationCore

/// The distribution of durations: exact count, sum and maximum, percentiles to three significant digits.
struct DurationStatistics {
    /// Shared until something is recorded: it takes 200 kB, and many stages of many groups never occur.
    private static let empty = Histogram<UInt64>.ofDurations(.three)

    /// Of all but `zeros`.
    private var histogram = Self.empty
    /// Stages that a request skips, of which there are many.
    private var zeros: UInt64 = 0
    /// Nanoseconds; wide enough for any number of any durations.
    private var sum: Int128 = 0

    var count: UInt64 { histogram.totalCount + zeros }

    @inline(__always)
    mutating func record(_ duration: SimulationDuration) {
        guard duration > .zero else { return zeros += 1 }
        histogram.record(UInt64(duration.nanoseconds))
        sum += Int128(duration.nanoseconds)
    }

    mutating func add(_ other: Self) {
        histogram.add(other.histogram)
        zeros += other.zeros
        sum += other.sum
    }

    private var whole: Histogram<UInt64> {
        var whole = histogram
        if zeros > 0 { whole.record(0, count: zeros) }
        return whole
    }

    /// In nanoseconds; nil without durations.
    var mean: Double? { count == 0 ? nil : Double(sum) / Double(count) }

    /// In nanoseconds, exact; nil without durations.
    var maximum: Int64? { count == 0 ? nil : Int64(whole.maxRecorded) }

    /// Nearest-rank percentiles in nanoseconds, at most 0.1 % above the exact ones and never above the
    /// maximum; nil without durations.
    ///
    /// One pass for all.
    ///
    /// - Parameter percents: in ascending order, to three decimals.
    /// - Returns: one for each of `percents`.
    func percentiles(_ percents: [Double]) -> [Int64?] {
        var found: [Int64?] = []
        let histogram = whole
        var passed: UInt64 = 0
        var buckets = histogram.occupiedBuckets
        var value: UInt64 = 0
        for percent in percents where count > 0 {
            // In integers: in floating point 99.9 % of 1,000 are more than 999.
            let rank = max(1, (count * UInt64((percent * 1000).rounded()) + 99_999) / 100_000)
            while passed < rank, let bucket = buckets.next() {
                passed += bucket.count
                value = bucket.highest
            }
            found.append(Int64(min(value, histogram.maxRecorded)))
        }
        return found.isEmpty ? percents.map { _ in nil } : found
    }

    /// The duration of a rank counted from the smallest as 1, as exact as `percentiles`; nil beyond the last.
    func value(rank: Int) -> Int64? {
        let histogram = whole
        var passed: UInt64 = 0
        for bucket in histogram.occupiedBuckets {
            passed += bucket.count
            if passed >= rank { return Int64(min(bucket.highest, histogram.maxRecorded)) }
        }
        return nil
    }
}
