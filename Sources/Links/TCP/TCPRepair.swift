import SimulationCore

/// Which segments of the current message were lost, as the sender finds out (RFC 8985).
struct TCPRepair: Sendable {
    /// RFC 8985's DupThresh: so many later acknowledgements leave no doubt.
    private static var threshold: Int { 3 }

    private struct Suspicion: Sendable {
        var transmission: TCPFlight.Transmission
        /// Later transmissions that have been acknowledged.
        var overtakenBy = 0
        /// When it counts as lost in any case.
        var deadline: SimulationTime
    }

    /// Lost transmissions that later ones have overtaken.
    private var suspicions: [Suspicion] = []
    /// Segments to send again, in order.
    private var missing: [Int32] = []
    /// Losses among the transmissions up to this number have reduced the window.
    private(set) var reducedAt: Int
    /// A probe was sent since the last acknowledgement.
    private(set) var hasProbed = false
    /// The probe that sends a lost segment again.
    private var probe: Int?
    /// Segments that were found lost and have not been acknowledged since.
    private(set) var unrepaired = 0
    /// Whether a time-out made it so: the window then grows meanwhile.
    private(set) var isRestarting = false

    init(reducedAt: Int) { self.reducedAt = reducedAt }

    var suspected: Int { suspicions.count }
    var isDone: Bool { suspicions.isEmpty && missing.isEmpty }
    var deadline: SimulationTime? { suspicions.first?.deadline }

    mutating func takeMissing() -> Int? { missing.isEmpty ? nil : Int(missing.removeFirst()) }

    /// An acknowledgement has overtaken a transmission.
    mutating func suspect(_ transmission: TCPFlight.Transmission, until deadline: SimulationTime) {
        suspicions.append(Suspicion(transmission: transmission, deadline: deadline))
    }

    /// - Returns: whether it was a probe, which shows that the segment was lost before.
    mutating func acknowledged(_ transmission: TCPFlight.Transmission) -> Bool {
        if transmission.isRepeated { unrepaired -= 1 }
        if unrepaired == 0 { isRestarting = false }
        hasProbed = false
        for index in suspicions.indices { suspicions[index].overtakenBy += 1 }
        return transmission.number == probe
    }

    /// Moves what is lost beyond doubt by `time` to the segments that are to be sent again.
    ///
    /// - Returns: the number of the latest transmission that is lost, if one is.
    mutating func detect(at time: SimulationTime) -> Int? {
        var latest: Int?
        while let first = suspicions.first,
            unrepaired > 0 || first.overtakenBy >= Self.threshold || first.deadline <= time
        {
            suspicions.removeFirst()
            latest = max(latest ?? 0, first.transmission.number)
            giveUp(first.transmission)
        }
        return latest
    }

    /// Whether losses up to transmission `number` are news, which the window has not been reduced for.
    ///
    /// A reduction holds for all up to `last`, the latest transmission.
    mutating func reduces(_ number: Int, upTo last: Int) -> Bool {
        guard number > reducedAt else { return false }
        reducedAt = last
        return true
    }

    /// Sends a probe, as transmission `number` if it repeats a segment.
    mutating func probes(with number: Int?) {
        hasProbed = true
        probe = number
    }

    /// A time-out: all that is under way or suspected counts as lost.
    mutating func restart(_ flight: inout TCPFlight, upTo last: Int) {
        isRestarting = true
        reducedAt = last
        for suspicion in suspicions { giveUp(suspicion.transmission) }
        suspicions.removeAll()
        while let transmission = flight.popFirst() { giveUp(transmission) }
        missing.sort()
    }

    private mutating func giveUp(_ transmission: TCPFlight.Transmission) {
        missing.append(transmission.segment)
        if !transmission.isRepeated { unrepaired += 1 }
    }
}
