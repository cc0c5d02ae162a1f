/// The distribution of measured durations, drawn from by its inverse.
public struct EmpiricalDistribution: Sendable, Equatable {
    /// The samples in nanoseconds, ascending; at least one.
    public let sortedSamples: [Int64]
    /// The arithmetic mean.
    public let mean: SimulationDuration

    /// - Parameter samples: nanoseconds in any order; at least one.
    public init(samples: [Int64]) {
        precondition(!samples.isEmpty, "an empirical distribution needs a sample")
        self.sortedSamples = samples.sorted()
        let sum = samples.reduce(Int128(0)) { $0 + Int128($1) }
        self.mean = SimulationDuration(
            nanoseconds: Int64(nearest: Double(sum) / Double(samples.count))
        )
    }

    /// The smallest sample that at least the fraction `u` of the samples do not exceed; `u` lies
    /// in 0...1, and 0 gives the minimum.
    public func quantile(_ u: Double) -> SimulationDuration {
        let rank = (u * Double(sortedSamples.count)).rounded(.up)
        let index = min(max(Int(rank) - 1, 0), sortedSamples.count - 1)
        return SimulationDuration(nanoseconds: sortedSamples[index])
    }

    /// One sample, each equally likely.
    public func draw(_ random: inout RandomDraw) -> SimulationDuration {
        let index = Int(random.below(UInt64(sortedSamples.count)))
        return SimulationDuration(nanoseconds: sortedSamples[index])
    }
}
