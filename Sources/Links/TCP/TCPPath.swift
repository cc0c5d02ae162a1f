import SimulationCore

/// What a connection sends over: the link's capacity and the delays of both directions.
struct TCPPath {
    let model: LinkModel
    let specification: TCPSpecification
    var transmitter: Transmitter

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
