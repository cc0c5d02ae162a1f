import Histogram
import Results
import SimulationCore

/// How far real time kept up with the run: how late things happened after their planned times.
struct PacingStatistics: Codable, Sendable, Equatable {
    /// Those that were later than allowed.
    private(set) var late = 0
    private(set) var totalNanoseconds: Int64 = 0
    /// Of lateness, to a sixteenth: a report holds it as some 500 numbers.
    private var histogram = Histogram<UInt64>.ofDurations(.one)

    var count: Int { Int(histogram.totalCount) }
    var worstNanoseconds: Int64 { Int64(histogram.maxRecorded) }

    /// Zero when nothing was counted.
    var mean: SimulationDuration {
        SimulationDuration(nanoseconds: count == 0 ? 0 : totalNanoseconds / Int64(count))
    }

    /// Counts something that was due `lateness` ago.
    ///
    /// 5 % of the stage that it ended are allowed, and 1 ms in any case.
    mutating func note(_ lateness: SimulationDuration, stage: SimulationDuration = .zero) {
        let nanoseconds = max(lateness.nanoseconds, 0)
        totalNanoseconds += nanoseconds
        if nanoseconds > max(1_000_000, stage.nanoseconds / 20) { late += 1 }
        histogram.record(UInt64(nanoseconds))
    }

    mutating func add(_ other: Self) {
        late += other.late
        totalNanoseconds += other.totalNanoseconds
        histogram.add(other.histogram)
    }

    /// The lateness that a share of all does not exceed, rounded up to a bucket's end.
    func quantile(_ share: Double) -> SimulationDuration {
        SimulationDuration(nanoseconds: Int64(histogram.valueAtPercentile(100 * share)))
    }

    /// Whether more than 1 % were late.
    var isTooLate: Bool { late * 100 > count }

    /// What `note` and `isTooLate` allow, and what helps a run that needs more, for a message.
    static let rule = """
        At most 1 % of each may be late by more than 1 ms and 5 % of their stage. Use an otherwise idle \
        machine, fewer devices, a lower rate of requests or, in a run, another number of `--workers`; a \
        longer `duration` does not help.
        """
}
