import SimulationCore

/// Gives a link's capacity to one piece after another, exactly.
///
/// A piece ends at the ceiling in nanoseconds of the cumulative service since the busy period
/// began; one that comes at or after the last one's end begins a new busy period.
struct Transmitter: Sendable {
    /// Ends are cut off here, 146 years, so that adding a delay cannot overflow.
    static var latestEnd: Int64 { 1 << 62 }

    let service: LinkService
    /// Trace time is run time plus this.
    let offset: SimulationDuration
    /// Service that the trace has given by the end of the last piece.
    var committed: Int128
    /// The end of the last piece.
    var busyUntil: SimulationTime

    /// Sends a piece that comes at `time`; its end is then `busyUntil`.
    mutating func send(wireBytes: Int, at time: SimulationTime) {
        let begun =
            time < busyUntil ? committed : service.service(at: (time + offset).nanoseconds)
        guard wireBytes > 0 else { return (committed, busyUntil) = (begun, max(time, busyUntil)) }
        committed = begun + service.cost(bytes: wireBytes)
        let end = service.time(reaching: committed) - offset.nanoseconds
        busyUntil = SimulationTime(nanoseconds: min(end, Self.latestEnd))
    }

    /// Gives nothing until `time`.
    mutating func wait(until time: SimulationTime) {
        guard time > busyUntil else { return }
        busyUntil = time
        committed = service.service(at: (time + offset).nanoseconds)
    }
}
