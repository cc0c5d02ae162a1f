package import SimulationCore

/// One direction of a network path: a FIFO of messages in front of a transmitter, then a delay.
///
/// Under TCP a message leaves in rounds (`TCPConnection`), with gaps between its segments.
///
/// A pure state machine. Service is exact: a message ends at the ceiling in nanoseconds of the
/// cumulative service since the busy period began. All that becomes of it is known when it is admitted,
/// since nothing overtakes or stops it; a message submitted at or after the last admitted one's end
/// begins a new busy period.
package struct Link: Sendable {
    let model: LinkModel
    private(set) var transmitter: Transmitter
    private var latestArrival = SimulationTime.start
    private var backlog = LinkBacklog()
    var loss: LinkLoss
    /// One under TCP, none otherwise: datagram links stay small, and copies are independent.
    var connections: [TCPConnection] = []

    /// An idle link.
    ///
    /// - Parameters:
    ///   - model: what it shares with others.
    ///   - identity: tells it from the others of its model; keys the state in which a Gilbert–Elliott loss
    ///     begins.
    ///   - offset: where the link enters the traces at the run's start; not negative.
    package init(
        model: LinkModel,
        identity: UInt32,
        offset: SimulationDuration = .zero
    ) {
        precondition(offset >= .zero, "an offset into a trace cannot be negative")
        self.model = model
        self.transmitter = Transmitter(offset: offset)
        self.loss = LinkLoss(model: model, identity: identity)
        if let tcp = model.storage.tcp {
            connections = [TCPConnection(tcp, direction: model.storage.direction)]
        }
    }

    /// The end of the last admitted message; `start` before the first one.
    package var busyUntil: SimulationTime { transmitter.busyUntil }

    /// Admits a message; times never decrease from call to call.
    ///
    /// - Returns: nil when the queue has no room for it.
    package mutating func submit(_ message: LinkMessage, at time: SimulationTime) -> Transmission? {
        precondition(message.bytes >= 0, "a message cannot have a negative size")
        guard admits(size: message.bytes, at: time) else { return nil }
        return admit(message, at: time)
    }

    /// Puts a message whose transmission failed back in the queue's tail; its attempt counts one more.
    ///
    /// It was admitted once, so it is never dropped; it counts against the bounds again.
    package mutating func rejoin(_ message: LinkMessage, at time: SimulationTime) -> Transmission {
        admit(message, at: time)
    }

    @inline(__always)
    private mutating func admit(_ message: LinkMessage, at time: SimulationTime) -> Transmission {
        let packets = model.packets(size: message.bytes)
        let wireBytes = model.wireBytes(size: message.bytes, packets: packets)
        let start = max(time, busyUntil)
        backlog.append(bytes: wireBytes, packets: packets, at: time, busyUntil: busyUntil)
        var sending: SimulationDuration?
        var isGivenUp = false
        if connections.isEmpty {
            transmitter.send(wireBytes: wireBytes, at: time, over: model.storage.service)
        } else {
            (sending, isGivenUp) = transmit(message, at: time)
        }
        let fate = isGivenUp ? .lost : fate(of: message, packets: packets, end: busyUntil)
        return Transmission(start: start, end: busyUntil, sending: sending, fate: fate)
    }

    @inline(__always)
    private mutating func fate(
        of message: LinkMessage,
        packets: Int,
        end: SimulationTime
    ) -> Transmission.Fate {
        // A connection has made up for its losses.
        if connections.isEmpty, loss.losesAny(of: packets, of: message, model: model) {
            let retransmission = model.storage.specification.retransmission
            guard Int(message.attempt) < retransmission.attempts else { return .lost }
            return .retransmit(at: end + retransmission.timeout)
        }
        var arrival = end + model.delay(at: end + transmitter.offset)
        // The delay may have fallen since its first segments left.
        if let connection = connections.first { arrival = max(arrival, connection.latestArrival) }
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

    /// Sends a message over the connection.
    ///
    /// - Returns: for how long the link was sending it, and whether the connection gave it up.
    private mutating func transmit(
        _ message: LinkMessage,
        at time: SimulationTime
    ) -> (sending: SimulationDuration, isGivenUp: Bool) {
        guard let tcp = model.storage.tcp else { preconditionFailure("a connection without TCP") }
        var path = TCPPath(model: model, specification: tcp, transmitter: transmitter)
        defer { transmitter = path.transmitter }
        // Its words go to the packets, in the order they are sent.
        var draw = RandomDraw(
            seed: model.storage.seed,
            purpose: model.storage.direction.loss,
            entity: message.device,
            request: message.request
        )
        let isSent = connections[0].transmit(message, at: time, path: &path) {
            loss.losesPacket(&draw, model: model)
        }
        return (path.sending, !isSent)
    }
}

extension Link {
    /// When a message of `size` bytes submitted at `time` would leave, if it were admitted and
    /// lost no packet but to the bottleneck's buffer.
    package func predictedEnd(size: Int, at time: SimulationTime) -> SimulationTime {
        prediction(size: size, at: time).end
    }

    /// When it would reach the other side, by the delay at its end and without jitter.
    package func predictedArrival(size: Int, at time: SimulationTime) -> SimulationTime {
        let (end, segments) = prediction(size: size, at: time)
        return max(latestArrival, segments, end + model.delay(at: end + transmitter.offset))
    }

    /// The end, and when the latest segment of a connection would arrive.
    private func prediction(
        size: Int,
        at time: SimulationTime
    ) -> (end: SimulationTime, segments: SimulationTime) {
        guard let tcp = model.storage.tcp else {
            var transmitter = transmitter
            let wireBytes = model.wireBytes(size: size)
            transmitter.send(wireBytes: wireBytes, at: time, over: model.storage.service)
            return (transmitter.busyUntil, .start)
        }
        var path = TCPPath(model: model, specification: tcp, transmitter: transmitter)
        var connection = connections[0]
        let message = LinkMessage(device: 0, request: 0, bytes: size)
        _ = connection.transmit(message, at: time, path: &path) { false }
        return (path.transmitter.busyUntil, connection.latestArrival)
    }

    /// Whether the bounds would admit a message of `size` bytes at `time`.
    @inline(__always)
    package func admits(size: Int, at time: SimulationTime) -> Bool {
        let bound = model.storage.specification.queue
        guard bound.bytes != nil || bound.packets != nil, time < busyUntil else { return true }
        let load = backlog.load(at: time, busyUntil: busyUntil)
        if let bytes = bound.bytes, load.bytes + model.wireBytes(size: size) > bytes {
            return false
        }
        if let packets = bound.packets, load.packets + model.packets(size: size) > packets {
            return false
        }
        return true
    }

    /// What a message of `size` bytes takes of the link, overhead included.
    package func wireBytes(size: Int) -> Int { model.wireBytes(size: size) }

    /// Bytes on the link or waiting for it at `time`, overhead included; a message counts whole
    /// until its end.
    package func queuedBytes(at time: SimulationTime) -> Int {
        backlog.load(at: time, busyUntil: busyUntil).bytes
    }

    /// Messages on the link or waiting for it at `time`.
    package func queuedMessages(at time: SimulationTime) -> Int {
        backlog.load(at: time, busyUntil: busyUntil).messages
    }
}
