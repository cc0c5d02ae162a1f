package import SimulationCore

/// What became of a message handed to a link.
package enum Submission: Sendable, Equatable {
    /// The queue had no room.
    case dropped
    /// It waits; a later `Link.transmissionEnded` names the time of its end.
    case queued
    /// It is the link's current message: call `Link.transmissionEnded` at `end`.
    case started(end: SimulationTime)
}
