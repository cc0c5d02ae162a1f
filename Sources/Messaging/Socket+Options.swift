import CZeroMQ

extension Socket {
    static func configure(
        _ handle: UnsafeMutableRawPointer,
        kind: SocketKind,
        queueBound: Int32
    ) throws(MessagingError) {
        try setOption(handle, ZMQ_LINGER, MessagingContext.lingerMilliseconds)
        try setOption(handle, ZMQ_SNDHWM, queueBound)
        try setOption(handle, ZMQ_RCVHWM, queueBound)
        try setOption(handle, ZMQ_MAXMSGSIZE, Int64(Socket.frameBytesBound))
        if kind == .router {
            // Without this a message to a peer that went away vanishes silently.
            try setOption(handle, ZMQ_ROUTER_MANDATORY, Int32(1))
        }
    }

    static func setOption<Value: BitwiseCopyable>(
        _ handle: UnsafeMutableRawPointer,
        _ option: Int32,
        _ value: Value
    ) throws(MessagingError) {
        let code = withUnsafeBytes(of: value) {
            zmq_setsockopt(handle, option, $0.baseAddress, $0.count)
        }
        guard code == 0 else { throw .lastFailure(operation: "set", subject: "option \(option)") }
    }

    static func option(
        _ handle: UnsafeMutableRawPointer,
        _ option: Int32
    ) throws(MessagingError) -> Int32 {
        var value: Int32 = 0
        var size = MemoryLayout<Int32>.size
        while zmq_getsockopt(handle, option, &value, &size) != 0 {
            if zmq_errno() == EINTR { continue }
            throw .lastFailure(operation: "read", subject: "option \(option)")
        }
        return value
    }
}

extension SocketKind {
    /// ZeroMQ's number for the pattern.
    var type: Int32 {
        switch self {
        case .router: ZMQ_ROUTER
        case .dealer: ZMQ_DEALER
        }
    }
}
