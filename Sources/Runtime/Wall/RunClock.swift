import SimulationCore

/// Run time in real time: nanoseconds since the epoch, divided by the dilation.
struct RunClock: Sendable {
    /// Time 0, in nanoseconds of CLOCK_MONOTONIC.
    let epoch: Int64
    /// How many times slower than real time the run goes; at least 1.
    let dilation: Double

    /// The run's time now; never before its start.
    var now: SimulationTime { time(at: MonotonicClock.now) }

    /// The run's time at a reading of CLOCK_MONOTONIC, rounded down.
    func time(at reading: Int64) -> SimulationTime {
        SimulationTime(nanoseconds: Int64(Double(max(reading - epoch, 0)) / dilation))
    }

    /// The run's time in a span of real nanoseconds.
    func duration(of span: Int64) -> SimulationDuration {
        SimulationDuration(nanoseconds: Int64(Double(span) / dilation))
    }

    /// When an instant of the run is due on CLOCK_MONOTONIC; `time(at:)` of it is not before it.
    func deadline(of time: SimulationTime) -> Int64 {
        let span = Double(time.nanoseconds) * dilation
        return span > Double(Int64.max / 2) ? .max : epoch + Int64(span.rounded(.up))
    }
}
