import SimulationCore

/// What a connection sends over: the link's capacity and the delays of both directions.
struct TCPPath {
    let model: LinkModel
    let specification: TCPSpecification
    var transmitter: Transmitter
    /// For how long the link has been sending, altogether.
    private(set) var sending = SimulationDuration.zero

    init(model: LinkModel, specification: TCPSpecification, transmitter: Transmitter) {
        self.model = model
        self.specification = specification
        self.transmitter = transmitter
    }

    /// Sends a segment that comes at `time`; its end is then the transmitter's `busyUntil`.
    mutating func send(wireBytes: Int, at time: SimulationTime) {
        let start = max(time, transmitter.busyUntil)
        transmitter.send(wireBytes: wireBytes, at: time, over: model.storage.service)
        sending += transmitter.busyUntil - start
    }

    func delay(at time: SimulationTime) -> SimulationDuration {
        model.delay(at: time + transmitter.offset)
    }

    func returnDelay(at time: SimulationTime) -> SimulationDuration {
        switch specification.returnDelay {
        case .constant(let delay): delay
        case .trace(let trace): trace.delay(at: time + transmitter.offset)
        }
    }
}
