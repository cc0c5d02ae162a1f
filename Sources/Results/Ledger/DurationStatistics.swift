import Histogram
import SimulationCore

/// The distribution of durations: exact count, sum and maximum, percentiles to three significant digits.
struct DurationStatistics {
    private var histogram = Histogram<UInt64>(numberOfSignificantValueDigits: .three)
    /// Nanoseconds; wide enough for any number of any durations.
    private var sum: Int128 = 0

    var count: UInt64 { histogram.totalCount }

    @inline(__always)
    mutating func record(_ duration: SimulationDuration) {
        histogram.record(UInt64(duration.nanoseconds))
        sum += Int128(duration.nanoseconds)
    }

    mutating func add(_ other: Self) {
        histogram.add(other.histogram)
        sum += other.sum
    }

    /// In nanoseconds; nil without durations.
    var mean: Double? { count == 0 ? nil : Double(sum) / Double(count) }

    /// In nanoseconds, exact; nil without durations.
    var maximum: Int64? { count == 0 ? nil : Int64(histogram.maxRecorded) }

    /// The nearest-rank percentile in nanoseconds, at most 0.1 % above the exact one and never outside the
    /// recorded values; nil without durations.
    func percentile(_ percent: Double) -> Int64? {
        count == 0 ? nil : Int64(histogram.valueAtPercentile(percent))
    }
}
