import SimulationCore

/// What the sender learns, and when.
extension TCPConnection {
    /// Takes every acknowledgement up to `time`, which becomes the sender's.
    mutating func advance(to time: SimulationTime) {
        while let next = flight.nextAcknowledgement, next <= time { acknowledge(at: next) }
        clock = time
    }

    /// Comes to the next acknowledgement, or to the time when a gap counts as a loss.
    ///
    /// - Returns: false if neither will come.
    mutating func awaitAcknowledgement() -> Bool {
        let next = flight.nextAcknowledgement
        if let deadline = repair.deadline, deadline < next ?? .init(nanoseconds: .max) {
            clock = max(clock, deadline)
            detect()
            return true
        }
        guard let next else { return false }
        acknowledge(at: next)
        return true
    }

    /// Comes to the time when the sender stops waiting for acknowledgements, none of which will come.
    ///
    /// - Parameters:
    ///   - sent: how many of the message's segments have been sent.
    ///   - count: how many it has.
    /// - Returns: the segment to be sent beyond the window, as a probe; nil if everything under way
    ///   counts as lost instead.
    mutating func timeOut(sent: Int, of count: Int) -> Int? {
        if !repair.hasProbed, repair.unrepaired == 0, roundTrip.backoff == 0 {
            clock = max(clock, lastSend) + roundTrip.probeTimeout(inFlight: flight.count)
            guard sent == count else {
                repair.probes(with: nil)
                return sent
            }
            // The probe takes the place of the lost transmission that it repeats.
            _ = flight.popLast()
            repair.probes(with: lastSent + 1)
            return count - 1
        }
        clock = max(clock, lastSend) + roundTrip.timeout
        roundTrip.timedOut()
        if roundTrip.backoff == 1 { window.timedOut() }
        repair.restart(&flight, upTo: lastSent)
        return nil
    }

    /// The window's state when a message finds nothing under way.
    mutating func resume() {
        guard flight.isEmpty else { return }
        window.resume(
            after: clock - lastSend,
            timeout: roundTrip.timeout,
            shrinks: specification.options.slowStartAfterIdle
        )
    }

    /// Notes how much of the window a burst of transmissions has filled.
    mutating func noteUse() {
        window.used(
            inFlight: flight.count + repair.suspected,
            acknowledged: lastAcknowledged,
            lastSent: lastSent
        )
    }

    private mutating func acknowledge(at time: SimulationTime) {
        clock = max(clock, time)
        let patience = SimulationDuration(nanoseconds: roundTrip.shortest.nanoseconds / 4)
        while let transmission = flight.popFirst() {
            guard transmission.acknowledgement != nil else {
                repair.suspect(transmission, until: time + patience)
                continue
            }
            let sample = time - transmission.sent
            roundTrip.saw(sample, acknowledged: transmission.number, lastSent: lastSent)
            lastAcknowledged = transmission.number
            if repair.acknowledged(transmission),
                repair.reduces(transmission.number, upTo: lastSent)
            {
                window.sawLoss()
            }
            detect()
            if repair.unrepaired == 0 || repair.isRestarting {
                window.acknowledged(
                    transmission.number,
                    lastSent: lastSent,
                    at: time,
                    roundTrip: sample,
                    estimate: roundTrip
                )
            }
            return
        }
    }

    /// Finds losses out; the window is reduced once for all that was under way then.
    private mutating func detect() {
        guard let number = repair.detect(at: clock), repair.reduces(number, upTo: lastSent)
        else { return }
        window.sawLoss()
    }
}
