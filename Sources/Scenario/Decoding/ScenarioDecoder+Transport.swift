import Links

extension ScenarioDecoder {
    private enum TransportName: String, CaseIterable {
        case datagram, tcp
    }

    /// A transport by its name, or TCP with options.
    func transport(_ field: Field, isShared: Bool) -> Transport? {
        let transport = options(field)
        if isShared, case .tcp = transport {
            field.fail(
                "a shared link cannot carry TCP",
                "write \"datagram\", or \"shared\": false for a link of its own for each device"
            )
        }
        return transport
    }

    private func options(_ field: Field) -> Transport? {
        if case .object = field.node.value {
            return field.object(.transport)?["tcp"].flatMap(tcp).map(Transport.tcp)
        }
        guard let name = field.choice(TransportName.self) else { return nil }
        if name == .datagram { return .datagram }
        let standard = field.child("tcp", JSONNode(location: .standard, value: .object([])))
        let options = tcp(standard)
        let node = JSONNode(location: .standard, value: standard.explanation)
        field.replacement = .object([.init(key: "tcp", location: .standard, node: node)])
        return options.map(Transport.tcp)
    }

    private func tcp(_ field: Field) -> TCPOptions? {
        guard let reader = field.object(.tcp) else { return nil }
        let connection = reader("connection", default: .string("keptAlive"))
            .choice(TCPOptions.Connection.self)
        let initialWindow = reader("initialWindow", default: .number("10")).integer(1...1_000_000)
        let restarts = reader("slowStartAfterIdle", default: .boolean(true)).boolean()
        let buffer = reader["buffer"].map { $0.size(positive: true) }
        // Written but faulty is `.some(nil)`; not written is unbounded.
        if case .some(.none) = buffer { return nil }
        guard let connection, let initialWindow, let restarts else { return nil }
        return TCPOptions(
            connection: connection,
            initialWindow: initialWindow,
            slowStartAfterIdle: restarts,
            buffer: buffer ?? nil
        )
    }
}
