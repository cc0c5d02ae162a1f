import SimulationCore

/// How much longer work takes after a rest than on average, as measured.
///
/// While a processor has nothing to do its caches cool, so that the first request after a pause is served more
/// slowly than those that waited for it. Whoever draws durations without regard to that has the short ones too
/// rarely where there is a queue, and makes it too long.
///
/// Rests are told apart by their powers of two, from a millisecond on, and each kind has the mean of its samples.
struct RestEffect: Sendable {
    /// By kind of rest: a mean over the mean of all samples.
    private let ratios: [Double]

    /// A kind with fewer samples counts as the next shorter one.
    private static let fewest = 30

    /// - Parameters:
    ///   - samples: durations in nanoseconds.
    ///   - rests: how long before each there was nothing to do, in nanoseconds.
    init(_ samples: [Int64], after rests: [Int64]) {
        precondition(samples.count == rests.count, "every sample has a rest before it")
        var kinds: [(sum: Double, count: Int)] = []
        for (sample, rest) in zip(samples, rests) {
            let kind = Self.kind(of: rest)
            while kinds.count <= kind { kinds.append((0, 0)) }
            kinds[kind].sum += Double(sample)
            kinds[kind].count += 1
        }
        let mean = kinds.reduce(0) { $0 + $1.sum } / Double(max(samples.count, 1))
        let known = kinds.map {
            $0.count >= Self.fewest && mean > 0 && $0.sum > 0
                ? $0.sum / Double($0.count) / mean : nil
        }
        var latest = known.lazy.compactMap(\.self).first ?? 1
        ratios = known.map { ratio in
            latest = ratio ?? latest
            return latest
        }
    }

    /// Of rests that nothing is known of.
    static let none = Self([], after: [])

    /// What a duration after `rest` nanoseconds is to one of which only the average is known; positive.
    func ratio(after rest: Int64) -> Double {
        ratios.isEmpty ? 1 : ratios[min(Self.kind(of: rest), ratios.count - 1)]
    }

    /// 0 without a rest, 1 below about 1 ms, 2 below 2 ms, 3 below 4 ms, and so on.
    private static func kind(of rest: Int64) -> Int {
        rest <= 0 ? 0 : 1 + Int64.bitWidth - (rest >> 20).leadingZeroBitCount
    }
}
