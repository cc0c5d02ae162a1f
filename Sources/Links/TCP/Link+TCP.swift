import SimulationCore

/// What a link does differently under TCP.
extension Link {
    /// The transmitter once the connection has sent a message that is admitted at `time`.
    mutating func planConnection(_ message: LinkMessage, at time: SimulationTime) -> Transmitter {
        guard let tcp = model.storage.tcp else { return transmitter }
        var path = TCPPath(model: model, specification: tcp, transmitter: transmitter)
        // One word for each packet, in the order they are sent.
        var draw = RandomDraw(
            seed: model.storage.seed,
            purpose: model.storage.direction.loss,
            entity: message.device,
            request: message.request
        )
        connections[0].transmit(message, at: time, path: &path) {
            loss.losesPacket(&draw, model: model)
        }
        return path.transmitter
    }

    /// When a message would leave if no packet were lost but by the bottleneck's buffer.
    func predictedConnectionEnd(size: Int, at time: SimulationTime) -> SimulationTime {
        guard let tcp = model.storage.tcp else { return busyUntil }
        var path = TCPPath(model: model, specification: tcp, transmitter: transmitter)
        var connection = connections[0]
        let message = LinkMessage(device: 0, request: 0, bytes: size)
        connection.transmit(message, at: time, path: &path) { false }
        return path.transmitter.busyUntil
    }
}
