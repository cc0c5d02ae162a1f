package import SimulationCore

/// A distribution of durations.
package enum DurationDistribution: Sendable, Equatable {
    case constant(SimulationDuration)
    case exponential(mean: SimulationDuration)
    case uniform(low: SimulationDuration, high: SimulationDuration)

    /// The expected duration; a uniform one's rounded down to a nanosecond.
    package var mean: SimulationDuration {
        switch self {
        case .constant(let duration), .exponential(let duration): duration
        case .uniform(let low, let high):
            SimulationDuration(nanoseconds: low.nanoseconds / 2 + high.nanoseconds / 2)
        }
    }
}
