import SimulationCore

/// One direction of a TCP connection: what its sender knows, and what it has sent.
///
/// A message is played through when it is admitted, segment by segment, since no later one can
/// change it: segments leave as the window allows, drain through the link's exact service, and are
/// acknowledged one by one a round trip later. Acknowledgements take no capacity and are not lost.
struct TCPConnection: Sendable {
    /// Linux's `tcp_syn_linear_timeouts`, that and `tcp_syn_retries`, and `tcp_retries2`: then the connection is
    /// given up.
    private static var linearRetries: Int { 4 }
    private static var openingRetries: Int { linearRetries + 6 }
    private static var retries: Int { 15 }

    let specification: TCPSpecification
    /// Whether this direction's sender opens the connection; the other one finds it open.
    let opens: Bool
    private(set) var isOpen = false
    var window: CongestionWindow
    var roundTrip: RoundTripEstimate
    var flight = TCPFlight()
    var repair = TCPRepair(reducedAt: 0)
    /// When the sender acted last: no message of this connection is sent before.
    var clock = SimulationTime.start
    /// Numbers of the latest transmission, and of the latest acknowledged one.
    var lastSent = 0
    var lastAcknowledged = 0
    var lastSend = SimulationTime.start
    private(set) var latestArrival = SimulationTime.start
    private var latestAcknowledgement = SimulationTime.start

    init(_ specification: TCPSpecification, direction: LinkDirection) {
        self.specification = specification
        self.opens = direction == .uplink
        self.window = CongestionWindow(initial: 1, at: .start, lastSent: 0)
        self.roundTrip = RoundTripEstimate(first: .zero)
    }

    /// Sends a message that comes at `time`; the transmitter is then busy until its last byte has left.
    ///
    /// `loses` tells of each packet whether the link loses it.
    ///
    /// - Returns: false if the message was given up.
    mutating func transmit(
        _ message: LinkMessage,
        at time: SimulationTime,
        path: inout TCPPath,
        loses: () -> Bool
    ) -> Bool {
        let count = path.model.packets(size: message.bytes)
        guard begin(at: time, path: path, loses: loses) else {
            giveUp(path: &path)
            return false
        }
        var next = 0
        // Beyond the latest end nothing changes any more.
        while clock.nanoseconds < Transmitter.latestEnd {
            let first = lastSent
            while flight.count + repair.suspected < window.segments {
                if let segment = repair.takeMissing() {
                    send(segment, of: message, isRepeated: true, path: &path, loses: loses)
                } else if next < count {
                    send(next, of: message, isRepeated: false, path: &path, loses: loses)
                    next += 1
                } else {
                    break
                }
            }
            if lastSent > first { noteUse() }
            if next == count, flight.lostCount == 0, repair.isDone { return true }
            if awaitAcknowledgement() { continue }
            guard roundTrip.backoff < Self.retries else { break }
            if let probe = timeOut(sent: next, of: count) {
                send(probe, of: message, isRepeated: false, path: &path, loses: loses)
                next = max(next, probe + 1)
            }
        }
        giveUp(path: &path)
        return false
    }

    /// Opens the connection where there is none, and comes to the time of the message.
    private mutating func begin(
        at time: SimulationTime,
        path: TCPPath,
        loses: () -> Bool
    ) -> Bool {
        let isSingle = specification.options.connection == .perRequest
        guard isSingle || !isOpen else {
            advance(to: max(clock, time))
            resume()
            return true
        }
        var time = time
        if opens {
            var retries = 0
            while loses() {
                time = time + Self.openingTimeout(retries)
                retries += 1
                guard retries <= Self.openingRetries else {
                    clock = max(clock, time)
                    return false
                }
            }
        }
        let trip = path.delay(at: time) + path.returnDelay(at: time)
        if opens { time = time + trip }
        // Connections of one device take turns.
        time = max(time, clock)
        if isSingle { time = max(time, path.transmitter.busyUntil) }
        open(at: time, roundTrip: trip)
        return true
    }

    private mutating func open(at time: SimulationTime, roundTrip trip: SimulationDuration) {
        isOpen = true
        clock = time
        lastSend = time
        flight = TCPFlight()
        repair = TCPRepair(reducedAt: lastSent)
        window = CongestionWindow(
            initial: specification.options.initialWindow,
            at: time,
            lastSent: lastSent
        )
        roundTrip = RoundTripEstimate(first: trip, lastSent: lastSent)
    }

    /// A second each for the first five, then doubling (RFC 6298, and Linux since 6.5).
    private static func openingTimeout(_ retries: Int) -> SimulationDuration {
        .seconds(Int64(1) << max(0, retries - linearRetries))
    }

    private mutating func giveUp(path: inout TCPPath) {
        isOpen = false
        flight = TCPFlight()
        repair = TCPRepair(reducedAt: lastSent)
        path.transmitter.wait(until: clock)
    }

    private mutating func send(
        _ segment: Int,
        of message: LinkMessage,
        isRepeated: Bool,
        path: inout TCPPath,
        loses: () -> Bool
    ) {
        let bytes = path.model.wireBytes(packet: segment, size: message.bytes)
        lastSent += 1
        lastSend = clock
        var transmission = TCPFlight.Transmission(
            number: lastSent,
            segment: Int32(segment),
            isRepeated: isRepeated,
            acknowledgement: nil,
            sent: clock,
            end: path.transmitter.busyUntil,
            wireBytes: 0
        )
        let backlog = specification.options.buffer == nil ? 0 : flight.backlog(at: clock)
        let isFull = backlog > 0 && backlog + bytes > specification.options.buffer ?? .max
        if !isFull {
            path.send(wireBytes: bytes, at: clock)
            transmission.end = path.transmitter.busyUntil
            transmission.wireBytes = Int32(clamping: bytes)
            if !loses() {
                transmission.acknowledgement = acknowledgement(of: transmission.end, path: path)
            }
        }
        flight.append(transmission)
    }

    private mutating func acknowledgement(
        of end: SimulationTime,
        path: TCPPath
    ) -> SimulationTime {
        latestArrival = max(latestArrival, end + path.delay(at: end))
        let time = latestArrival + path.returnDelay(at: latestArrival)
        latestAcknowledgement = max(latestAcknowledgement, time)
        return latestAcknowledgement
    }
}
