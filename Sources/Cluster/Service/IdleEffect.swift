import SimulationCore

/// How much longer work takes after idle time, as measured.
///
/// While a processor is idle its caches cool, so that the first request after a pause is served more slowly than
/// those that waited for it. Whoever draws durations without regard to that has the short ones too rarely where
/// there is a queue, and makes it too long.
///
/// Idle times are told apart as none, below a millisecond, and by powers of two from there on. Each kind has a ratio:
/// the sum of its samples over the sum of what is usual around each, the mean of its neighbours. (Over the mean of
/// all it would be wrong: where the host is slow for a while there are queues, and no idle time.)
struct IdleEffect: Sendable {
    /// By kind of idle time.
    private let ratios: [Double]

    /// A kind with fewer samples counts as the next shorter one that has enough, or else as the next longer one.
    private static let fewestSamples = 30
    /// Neighbours on each side.
    private static let neighbours = 50
    /// Neighbours have idle times, too: what is usual among them is known the better the ratios are.
    private static let rounds = 3
    /// Beyond any cache's effect.
    private static let greatestRatio = 8.0

    /// Of idle times that nothing is known of.
    static let none = Self(ratios: [])

    private init(ratios: [Double]) { self.ratios = ratios }

    /// - Parameters:
    ///   - samples: durations in nanoseconds, in the order in which they were taken.
    ///   - idleTimes: how long before each the server was idle, in nanoseconds.
    init(_ samples: [Int64], after idleTimes: [Int64]) {
        precondition(samples.count == idleTimes.count, "every sample has an idle time before it")
        let kinds = idleTimes.map { Self.kind(of: $0) }
        var counts = Array(repeating: 0, count: (kinds.max() ?? -1) + 1)
        for kind in kinds { counts[kind] += 1 }
        var effect = Self(ratios: counts.map { _ in 1 })
        for _ in 0..<Self.rounds {
            let usual = Self.runningMean(effect.removed(from: samples, after: idleTimes))
            var sums = counts.map { _ in (measured: 0.0, usual: 0.0) }
            for index in samples.indices {
                sums[kinds[index]].measured += Double(samples[index])
                sums[kinds[index]].usual += usual[index]
            }
            let known = counts.indices.map { kind -> Double? in
                guard counts[kind] >= Self.fewestSamples, sums[kind].usual > 0 else { return nil }
                let ratio = sums[kind].measured / sums[kind].usual
                return min(max(ratio, 1 / Self.greatestRatio), Self.greatestRatio)
            }
            var latest = known.lazy.compactMap(\.self).first ?? 1
            effect = Self(
                ratios: known.map { ratio in
                    latest = ratio ?? latest
                    return latest
                }
            )
        }
        self = effect
    }

    /// A duration after `idleTime` nanoseconds over one of which the idle time is not known; positive.
    func ratio(after idleTime: Int64) -> Double {
        ratios.isEmpty ? 1 : ratios[min(Self.kind(of: idleTime), ratios.count - 1)]
    }

    /// What samples would have been without regard to the idle times before them.
    func removed(from samples: [Int64], after idleTimes: [Int64]) -> [Double] {
        zip(samples, idleTimes).map { Double($0) / ratio(after: $1) }
    }

    /// 0 for none, 1 below about 1 ms, 2 below 2 ms, 3 below 4 ms, and so on.
    private static func kind(of idleTime: Int64) -> Int {
        idleTime <= 0 ? 0 : 1 + Int64.bitWidth - (idleTime >> 20).leadingZeroBitCount
    }

    /// Of each value and its neighbours.
    private static func runningMean(_ values: [Double]) -> [Double] {
        var sums = [0.0]
        for value in values { sums.append(sums[sums.count - 1] + value) }
        return values.indices.map { index in
            let first = max(index - neighbours, 0)
            let end = min(index + neighbours + 1, values.count)
            return (sums[end] - sums[first]) / Double(end - first)
        }
    }
}
