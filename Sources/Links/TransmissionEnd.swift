package import SimulationCore

/// A message's last byte has left the link.
package struct TransmissionEnd: Sendable, Equatable {
    package enum Fate: Sendable, Equatable {
        /// It reaches the other side at `arrival`.
        case delivered(arrival: SimulationTime)
        /// A packet was lost: hand the message to `Link.rejoin` at this time.
        case retransmit(at: SimulationTime)
        /// A packet was lost and no attempt is left.
        case lost
    }

    package var message: LinkMessage
    /// When the message's first transmission began, earlier attempts included (`uplinkStart`).
    package var start: SimulationTime
    /// When this transmission ended (`uplinkEnd`).
    package var end: SimulationTime
    package var fate: Fate

    package init(
        message: LinkMessage,
        start: SimulationTime,
        end: SimulationTime,
        fate: Fate
    ) {
        self.message = message
        self.start = start
        self.end = end
        self.fate = fate
    }
}
