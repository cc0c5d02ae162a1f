import Glibc
import SimulationCore

/// How far real time kept up with the run: how late things happened after their planned times.
struct PacingStatistics: Codable, Sendable, Equatable {
    /// Buckets of the histogram that double the lateness.
    private static let steps = 16.0
    private static let bucketCount = 512

    private(set) var count = 0
    /// Those that were later than allowed.
    private(set) var late = 0
    private(set) var worstNanoseconds: Int64 = 0
    private(set) var totalNanoseconds: Int64 = 0
    /// By lateness: bucket 0 up to 1 µs, each further one a sixteenth of a doubling.
    private var buckets = [Int](repeating: 0, count: bucketCount)

    /// Zero when nothing was counted.
    var mean: SimulationDuration {
        SimulationDuration(nanoseconds: count == 0 ? 0 : totalNanoseconds / Int64(count))
    }

    /// Counts something that was due `lateness` ago.
    ///
    /// 5 % of the stage that it ended are allowed, and 1 ms in any case.
    mutating func note(_ lateness: SimulationDuration, stage: SimulationDuration = .zero) {
        let nanoseconds = max(lateness.nanoseconds, 0)
        count += 1
        worstNanoseconds = max(worstNanoseconds, nanoseconds)
        totalNanoseconds += nanoseconds
        if nanoseconds > max(1_000_000, stage.nanoseconds / 20) { late += 1 }
        buckets[Self.bucket(of: nanoseconds)] += 1
    }

    mutating func add(_ other: Self) {
        count += other.count
        late += other.late
        worstNanoseconds = max(worstNanoseconds, other.worstNanoseconds)
        totalNanoseconds += other.totalNanoseconds
        for index in buckets.indices where index < other.buckets.count {
            buckets[index] += other.buckets[index]
        }
    }

    /// The lateness that a share of all does not exceed, rounded up to a bucket's end.
    func quantile(_ share: Double) -> SimulationDuration {
        var left = Int((Double(count) * share).rounded(.up))
        for (index, bucket) in buckets.enumerated() {
            left -= bucket
            guard left <= 0 else { continue }
            return SimulationDuration(nanoseconds: min(Self.end(of: index), worstNanoseconds))
        }
        return SimulationDuration(nanoseconds: worstNanoseconds)
    }

    /// Whether more than 1 % were late.
    var isTooLate: Bool { late * 100 > count }

    /// What `note` and `isTooLate` allow, and what helps a run that needs more, for a message.
    static let rule = """
        At most 1 % of each may be late by more than 1 ms and 5 % of their stage. Use an otherwise idle \
        machine, fewer devices, a lower rate of requests or, in a run, another number of `--workers`; a \
        longer `duration` does not help.
        """

    /// The first bucket that ends at `nanoseconds` or later.
    private static func bucket(of nanoseconds: Int64) -> Int {
        var range = 0..<bucketCount - 1
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            if end(of: middle) < nanoseconds {
                range = middle + 1..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        return range.lowerBound
    }

    private static let ends = (0..<bucketCount).map { index in
        Int64((1_000 * exp2(Double(index) / steps)).rounded())
    }

    private static func end(of bucket: Int) -> Int64 { ends[bucket] }
}
