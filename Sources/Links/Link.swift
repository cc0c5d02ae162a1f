package import SimulationCore

/// One direction of a network path: a FIFO of messages in front of a transmitter, then a delay.
///
/// A pure state machine. Its driver calls `submit`, and `transmissionEnded` at each time that the
/// link has named; a retransmitted message comes back through `rejoin`. A message's end is known
/// when it is admitted: nothing overtakes it and nothing stops it.
package struct Link: Sendable {
    private struct Entry: Sendable {
        var message: LinkMessage
        var start: SimulationTime
        var end: SimulationTime
        var wireBytes: Int
        var packets: Int
    }

    private let model: LinkModel
    /// How far into the trace the run's start lies; below the trace's period.
    private let offset: SimulationDuration
    /// Service that the trace has given when the last admitted message has left.
    private var committed: Int128 = 0
    /// The end of the last admitted message; `start` before the first one.
    package private(set) var busyUntil = SimulationTime.start
    private var latestArrival = SimulationTime.start
    private var entries: [Entry] = []
    private var lossStateIsBad = false

    /// - Parameters:
    ///   - identity: the device's number, or the group's for a shared link; keys the loss state.
    ///   - offset: where the link enters the traces at the run's start.
    package init(
        model: LinkModel,
        identity: UInt32,
        offset: SimulationDuration = .zero
    ) {
        self.model = model
        self.offset = offset
    }

    /// Admits or drops a message.
    package mutating func submit(_ message: LinkMessage, at time: SimulationTime) -> Submission {
        .dropped
    }

    /// Puts a message whose transmission failed back in the queue's tail, as its next attempt.
    ///
    /// It was admitted once and is never dropped, but counts against the bound again.
    package mutating func rejoin(_ message: LinkMessage, at time: SimulationTime) -> Submission {
        .dropped
    }

    /// Takes the message whose end has come off the link, and names the end of the next one.
    ///
    /// - Parameter time: at or after the end that was named.
    package mutating func transmissionEnded(
        at time: SimulationTime
    ) -> (ended: TransmissionEnd, next: SimulationTime?) {
        fatalError("declared ahead of its body")
    }

    /// When a message of `size` bytes submitted at `time` would leave, if it were admitted and
    /// lost no packet.
    package func predictedEnd(size: Int, at time: SimulationTime) -> SimulationTime { time }

    /// When it would reach the other side, by the delay at its end and without jitter.
    package func predictedArrival(size: Int, at time: SimulationTime) -> SimulationTime { time }

    /// Whether the bounds would admit a message of `size` bytes at `time`.
    package func admits(size: Int, at time: SimulationTime) -> Bool { true }

    /// Bytes on the link or waiting for it at `time`, overhead included.
    package func queuedBytes(at time: SimulationTime) -> Int { 0 }
}
