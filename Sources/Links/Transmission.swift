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
    package var fate: Fate

    package init(start: SimulationTime, end: SimulationTime, fate: Fate) {
        self.start = start
        self.end = end
        self.fate = fate
    }
}
