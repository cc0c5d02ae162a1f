package import SimulationCore

/// One direction of a network path: a FIFO of messages in front of a transmitter, then a delay.
///
/// Under TCP a message leaves in rounds (`TCPConnection`), with gaps between its segments.
///
/// A pure state machine. Its driver calls `submit`, and `transmissionEnded` at each time that the
/// link has named; a retransmitted message comes back through `rejoin`. Service is exact: a
/// message ends at the ceiling in nanoseconds of the cumulative service since the busy period
/// began. Its end is known when it is admitted, since nothing overtakes or stops it; a message
/// submitted at or after the last admitted one's end begins a new busy period, so that the order
/// of calls at one instant does not matter.
package struct Link: Sendable {
    let model: LinkModel
    /// Where it enters the traces at the start of the run: trace time is run time plus this.
    package let offset: SimulationDuration
    /// Service that the trace has given by the end of the last admitted message.
    private var committed: Int128 = 0
    /// The end of the last admitted message; `start` before the first one.
    package private(set) var busyUntil = SimulationTime.start
    private var latestArrival = SimulationTime.start
    private var queue = LinkQueue()
    var loss: LinkLoss
    /// One under TCP, none otherwise: datagram links stay small, and copies are independent.
    var connections: [TCPConnection] = []

    /// An idle link.
    ///
    /// - Parameters:
    ///   - model: what it shares with others.
    ///   - identity: the device's number, or the group's for a shared link; keys the state in
    ///     which a Gilbert–Elliott loss begins.
    ///   - offset: where the link enters the traces at the run's start; not negative.
    package init(
        model: LinkModel,
        identity: UInt32,
        offset: SimulationDuration = .zero
    ) {
        precondition(offset >= .zero, "an offset into a trace cannot be negative")
        self.model = model
        self.offset = offset
        self.loss = LinkLoss(model: model, identity: identity)
        if let tcp = model.storage.tcp {
            connections = [TCPConnection(tcp, direction: model.storage.direction)]
        }
    }

    /// Admits or drops a message; times never decrease from call to call.
    package mutating func submit(_ message: LinkMessage, at time: SimulationTime) -> Submission {
        precondition(message.bytes >= 0, "a message cannot have a negative size")
        guard admits(size: message.bytes, at: time) else { return .dropped }
        return admit(message, at: time)
    }

    /// Puts a message whose transmission failed back in the queue's tail, as its next attempt.
    ///
    /// It was admitted once, so it is never dropped; it counts against the bounds again.
    package mutating func rejoin(_ message: LinkMessage, at time: SimulationTime) -> Submission {
        var next = message
        next.attempt += 1
        return admit(next, at: time)
    }

    /// Takes the message whose end has come off the link, and names the end of the next one.
    ///
    /// - Parameter time: at or after the end that was named; results state the named end, so that
    ///   a late caller shifts nothing.
    /// - Returns: what became of the message, and when to call again, if at all.
    package mutating func transmissionEnded(
        at time: SimulationTime
    ) -> (ended: TransmissionEnd, next: SimulationTime?) {
        guard let entry = queue.popFirst() else {
            preconditionFailure("no transmission was under way")
        }
        precondition(time >= entry.end, "a transmission was ended before its end")
        var message = entry.message
        let start = message.firstStart ?? entry.start
        message.firstStart = start
        let ended = TransmissionEnd(
            message: message,
            start: start,
            end: entry.end,
            fate: fate(of: message, packets: entry.packets, end: entry.end)
        )
        return (ended, queue.first?.end)
    }

    private mutating func admit(_ message: LinkMessage, at time: SimulationTime) -> Submission {
        let wireBytes = model.wireBytes(size: message.bytes)
        let plan = plan(message, wireBytes: wireBytes, at: time)
        let isFirst = queue.isEmpty
        queue.append(
            LinkQueue.Entry(
                message: message,
                start: max(time, busyUntil),
                end: plan.busyUntil,
                wireBytes: wireBytes,
                packets: model.packets(size: message.bytes)
            )
        )
        committed = plan.committed
        busyUntil = plan.busyUntil
        return isFirst ? .started(end: plan.busyUntil) : .queued
    }

    var transmitter: Transmitter {
        Transmitter(
            service: model.storage.service,
            offset: offset,
            committed: committed,
            busyUntil: busyUntil
        )
    }

    /// The transmitter once it has sent a message that is admitted at `time`.
    private mutating func plan(
        _ message: LinkMessage,
        wireBytes: Int,
        at time: SimulationTime
    ) -> Transmitter {
        guard connections.isEmpty else { return planConnection(message, at: time) }
        var transmitter = transmitter
        transmitter.send(wireBytes: wireBytes, at: time)
        return transmitter
    }

    private mutating func fate(
        of message: LinkMessage,
        packets: Int,
        end: SimulationTime
    ) -> TransmissionEnd.Fate {
        if !connections.isEmpty {
            if connections[0].takeAbandoned(message.request) { return .lost }
        } else if loss.losesAny(of: packets, of: message, model: model) {
            let retransmission = model.storage.specification.retransmission
            guard Int(message.attempt) < retransmission.attempts else { return .lost }
            return .retransmit(at: end + retransmission.timeout)
        }
        var arrival = end + model.delay(at: end + offset)
        let jitter = model.storage.specification.jitter
        if jitter > .zero {
            var draw = RandomDraw(
                seed: model.storage.seed,
                purpose: model.storage.direction.jitter,
                entity: message.device,
                request: message.request,
                attempt: message.attempt
            )
            arrival = arrival + draw.uniform(upTo: jitter)
        }
        latestArrival = max(latestArrival, arrival)
        return .delivered(arrival: latestArrival)
    }
}

extension Link {
    /// When a message of `size` bytes submitted at `time` would leave, if it were admitted and
    /// lost no packet.
    package func predictedEnd(size: Int, at time: SimulationTime) -> SimulationTime {
        guard connections.isEmpty else { return predictedConnectionEnd(size: size, at: time) }
        var transmitter = transmitter
        transmitter.send(wireBytes: model.wireBytes(size: size), at: time)
        return transmitter.busyUntil
    }

    /// When it would reach the other side, by the delay at its end and without jitter.
    package func predictedArrival(size: Int, at time: SimulationTime) -> SimulationTime {
        let end = predictedEnd(size: size, at: time)
        return max(latestArrival, end + model.delay(at: end + offset))
    }

    /// Whether the bounds would admit a message of `size` bytes at `time`.
    package func admits(size: Int, at time: SimulationTime) -> Bool {
        let bound = model.storage.specification.queue
        guard bound.bytes != nil || bound.packets != nil, time < busyUntil else { return true }
        let load = queue.load(at: time)
        if let bytes = bound.bytes, load.bytes + model.wireBytes(size: size) > bytes {
            return false
        }
        if let packets = bound.packets, load.packets + model.packets(size: size) > packets {
            return false
        }
        return true
    }

    /// Bytes on the link or waiting for it at `time`, overhead included; a message counts whole
    /// until its end.
    package func queuedBytes(at time: SimulationTime) -> Int { queue.load(at: time).bytes }

    /// Messages on the link or waiting for it at `time`.
    package func queuedMessages(at time: SimulationTime) -> Int { queue.load(at: time).messages }
}
