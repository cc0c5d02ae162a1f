import SimulationCore

/// When slow start is over without a loss: HyStart (Ha and Rhee, 2011), with the figures of Linux's
/// `tcp_cubic.c`.
///
/// It ends when a round's acknowledgements have come close together for half a round trip, or when
/// the shortest of a round's first round trips says that a queue has formed. Rounds count from the
/// connection's start, so that they begin where bursts do, but small windows end nothing.
struct SlowStartExit: Sendable {
    private static var lowestWindow: Int { 16 }
    private static var closeTogether: SimulationDuration { .milliseconds(2) }
    private static var samples: Int { 8 }

    private var roundStart: SimulationTime
    private var lastAcknowledgement: SimulationTime
    /// The transmission whose acknowledgement ends the round.
    private var roundEnd: Int
    private var shortest = SimulationDuration(nanoseconds: .max)
    private var count = 0

    init(at time: SimulationTime, lastSent: Int) {
        self.roundStart = time
        self.lastAcknowledgement = time
        self.roundEnd = lastSent
    }

    /// Whether an acknowledgement, with its round trip, ends slow start.
    mutating func ends(
        at time: SimulationTime,
        acknowledged: Int,
        lastSent: Int,
        window: Int,
        roundTrip: SimulationDuration,
        shortestEver: SimulationDuration
    ) -> Bool {
        if acknowledged > roundEnd { self = SlowStartExit(at: time, lastSent: lastSent) }
        guard window >= Self.lowestWindow else { return false }
        let shortestEver = shortestEver.nanoseconds
        if time - lastAcknowledgement <= Self.closeTogether {
            lastAcknowledgement = time
            // A millisecond more, as acknowledgements of aggregated segments come in lumps.
            let train = SimulationDuration(nanoseconds: (shortestEver + 1_000_000) / 2)
            if time - roundStart > train { return true }
        }
        shortest = min(shortest, roundTrip)
        guard count >= Self.samples else {
            count += 1
            return false
        }
        let margin = min(max(shortestEver / 8, 4_000_000), 16_000_000)
        return shortest.nanoseconds > shortestEver + margin
    }
}
