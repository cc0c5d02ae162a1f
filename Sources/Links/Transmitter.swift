import SimulationCore

/// Gives a link's capacity to one piece after another, exactly.
///
/// A piece ends at the ceiling in nanoseconds of the cumulative service since the busy period
/// began; one that comes at or after the last one's end begins a new busy period.
struct Transmitter: Sendable {
    /// Ends are cut off here, 146 years, so that adding a delay cannot overflow.
    static var latestEnd: Int64 { 1 << 62 }
    /// What is sent at once, so that its cost in billionths of a bit is an `Int64`.
    static var mostBytes: Int { 1 << 29 }

    /// Trace time is run time plus this.
    let offset: SimulationDuration
    /// The end of the last piece; `start` before the first one.
    private(set) var busyUntil = SimulationTime.start
    /// What the capacity gave until then and no piece took: less than it gives in a nanosecond, or at an instant.
    private var surplus: Int64 = 0

    init(offset: SimulationDuration) { self.offset = offset }

    /// Sends a piece that comes at `time`; its end is then `busyUntil`.
    @inline(__always)
    mutating func send(wireBytes: Int, at time: SimulationTime, over service: LinkService) {
        wait(until: time)
        var left = wireBytes
        // Beyond the latest end nothing changes any more.
        while left > 0, busyUntil.nanoseconds < Self.latestEnd {
            let bytes = min(left, Self.mostBytes)
            let begin = (busyUntil + offset).nanoseconds
            let (end, free) = service.send(bytes, from: begin, surplus: surplus)
            busyUntil = SimulationTime(nanoseconds: min(end - offset.nanoseconds, Self.latestEnd))
            surplus = free
            left -= bytes
        }
    }

    /// Gives nothing until `time`.
    mutating func wait(until time: SimulationTime) {
        guard time >= busyUntil else { return }
        busyUntil = time
        surplus = 0
    }
}
