import SimulationCore

/// How far real time kept up with the run: how late things happened after their planned times.
struct PacingStatistics: Codable, Sendable, Equatable {
    /// Steps of the histogram that double it.
    private static let steps = 4.0

    private(set) var count = 0
    /// Those that were later than allowed.
    private(set) var late = 0
    private(set) var worstNanoseconds: Int64 = 0
    /// By lateness: bucket 0 up to 1 µs, each further one a quarter of a doubling.
    private var buckets = [Int](repeating: 0, count: 128)

    /// Counts something that was due `lateness` ago.
    ///
    /// 5 % of the stage that it ended are allowed, and 1 ms in any case.
    mutating func note(_ lateness: SimulationDuration, stage: SimulationDuration = .zero) {
        let nanoseconds = max(lateness.nanoseconds, 0)
        count += 1
        worstNanoseconds = max(worstNanoseconds, nanoseconds)
        if nanoseconds > max(1_000_000, stage.nanoseconds / 20) { late += 1 }
        buckets[Self.bucket(of: nanoseconds)] += 1
    }

    mutating func add(_ other: Self) {
        count += other.count
        late += other.late
        worstNanoseconds = max(worstNanoseconds, other.worstNanoseconds)
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

    private static func bucket(of nanoseconds: Int64) -> Int {
        var index = 0
        while index < 127, end(of: index) < nanoseconds { index += 1 }
        return index
    }

    private static let ends: [Int64] = {
        var end = 1_000.0
        return (0..<128).map { _ in
            defer { end *= 1.189_207_115 }
            return Int64(end)
        }
    }()

    private static func end(of bucket: Int) -> Int64 { ends[bucket] }
}
