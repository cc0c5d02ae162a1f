package import SimulationCore

/// What becomes of one attempt to send a message; known when the link admits it.
package struct Transmission: Sendable, Equatable {
    package enum Fate: Sendable, Equatable {
        /// It reaches the other side at `arrival`.
        case delivered(arrival: SimulationTime)
        /// A packet is lost: hand the message to `Link.rejoin` at this time.
        case retransmit(at: SimulationTime)
        /// A packet is lost and no attempt is left.
        case lost
    }

    /// When its first byte begins to leave.
    package var start: SimulationTime
    /// When its last byte has left.
    package var end: SimulationTime
    /// For how long of that the link was sending it: what a connection's rounds leave between them is not counted.
    package var sending: SimulationDuration
    package var fate: Fate

    /// `sending` is nil for all the time from `start` to `end`.
    package init(
        start: SimulationTime,
        end: SimulationTime,
        sending: SimulationDuration? = nil,
        fate: Fate
    ) {
        self.start = start
        self.end = end
        self.sending = sending ?? end - start
        self.fate = fate
    }
}
