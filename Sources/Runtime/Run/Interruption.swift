import SimulationCore

/// A signal that ended a run before its end.
struct Interruption: Sendable {
    let signal: Int32
    /// The run's time when it came.
    let time: SimulationTime
}
