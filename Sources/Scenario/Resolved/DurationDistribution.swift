package import SimulationCore

/// A distribution of durations.
package enum DurationDistribution: Sendable, Equatable {
    case constant(SimulationDuration)
    case exponential(mean: SimulationDuration)
    case uniform(low: SimulationDuration, high: SimulationDuration)
}
