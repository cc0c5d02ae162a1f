import CZeroMQ

/// A ZeroMQ socket that never waits.
///
/// Used by one thread at a time.
package final class Socket {
    /// Messages that wait in each direction, for each peer, before sending would block.
    package static let queueBound = 10_000
    /// Frames of one message, routing id included.
    package static let frameBound = 8
    /// Bytes of one frame.
    ///
    /// ZeroMQ disconnects a peer that sends more.
    package static let frameBytesBound = 64 << 20

    package let kind: SocketKind
    /// Becomes readable when `pendingEvents` may have changed.
    ///
    /// Edge-triggered: after such a change, and after every send and receive, look at
    /// `pendingEvents` again before waiting.
    package let fileDescriptor: Int32

    private let handle: UnsafeMutableRawPointer
    /// Held so that the context outlives the socket.
    private let context: MessagingContext

    /// Opens a socket.
    ///
    /// - Parameters:
    ///   - context: The context whose threads carry the messages.
    ///   - kind: The pattern.
    ///   - queueBound: Messages that wait in each direction, for each peer.
    /// - Throws: `MessagingError.socket`, say when the process has no descriptor left.
    package init(
        _ context: MessagingContext,
        _ kind: SocketKind,
        queueBound: Int = Socket.queueBound
    ) throws(MessagingError) {
        precondition(queueBound > 0, "a socket needs room for a message")
        guard let handle = zmq_socket(context.handle, kind.type) else {
            throw .lastFailure(operation: "open", subject: "a \(kind) socket")
        }
        do throws(MessagingError) {
            try Socket.configure(handle, kind: kind, queueBound: Int32(queueBound))
            self.fileDescriptor = try Socket.option(handle, ZMQ_FD)
        } catch {
            zmq_close(handle)
            throw error
        }
        self.kind = kind
        self.handle = handle
        self.context = context
    }

    deinit { zmq_close(handle) }

    /// Accepts peers at an endpoint.
    ///
    /// - Parameter endpoint: `tcp://127.0.0.1:*` for any free port, `ipc:///path`, `inproc://name`.
    /// - Returns: The endpoint to connect to, with the port that was chosen.
    /// - Throws: `MessagingError.socket`, say when the address is in use.
    package func bind(_ endpoint: String) throws(MessagingError) -> String {
        guard zmq_bind(handle, endpoint) == 0 else {
            throw .lastFailure(operation: "bind", subject: endpoint)
        }
        var text = [CChar](repeating: 0, count: 1_024)
        var length = text.count
        guard zmq_getsockopt(handle, ZMQ_LAST_ENDPOINT, &text, &length) == 0 else {
            throw .lastFailure(operation: "name", subject: endpoint)
        }
        let bytes = text.prefix(while: { $0 != 0 }).map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Connects to an endpoint, now or as soon as somebody binds it.
    package func connect(_ endpoint: String) throws(MessagingError) {
        guard zmq_connect(handle, endpoint) == 0 else {
            throw .lastFailure(operation: "connect to", subject: endpoint)
        }
    }

    /// What the socket can do now.
    package var pendingEvents: SocketEvents {
        get throws(MessagingError) {
            SocketEvents(rawValue: try Socket.option(handle, ZMQ_EVENTS))
        }
    }

    /// Sends a message as a whole, or not at all.
    ///
    /// Each frame is copied once.
    package func send(_ frames: [[UInt8]]) throws(MessagingError) -> SendResult {
        precondition((1...Socket.frameBound).contains(frames.count), "1 to 8 frames")
        for frame in frames where frame.count > Socket.frameBytesBound {
            throw .frameTooLarge(bytes: frame.count, bound: Socket.frameBytesBound)
        }
        for (index, frame) in frames.enumerated() {
            let more = index + 1 < frames.count ? ZMQ_SNDMORE : 0
            guard let code = failure(sending: frame, flags: ZMQ_DONTWAIT | more) else { continue }
            // Only the first frame can find the queue full or the peer gone.
            if index == 0, code == EAGAIN { return .wouldBlock }
            if index == 0, code == EHOSTUNREACH { return .unreachable }
            throw .lastFailure(operation: "send on", subject: "a \(kind) socket")
        }
        return .sent
    }

    /// The next message, or nil if none has arrived.
    ///
    /// - Throws: `MessagingError.tooManyFrames` for a message that was discarded; the socket can
    ///   still be used.
    package func receive() throws(MessagingError) -> [[UInt8]]? {
        var frames: [[UInt8]] = []
        var count = 0
        var message = zmq_msg_t()
        zmq_msg_init(&message)
        defer { zmq_msg_close(&message) }
        repeat {
            guard zmq_msg_recv(&message, handle, ZMQ_DONTWAIT) >= 0 else {
                let code = zmq_errno()
                if code == EINTR { continue }
                if code == EAGAIN, count == 0 { return nil }
                throw .lastFailure(operation: "receive on", subject: "a \(kind) socket")
            }
            count += 1
            guard count <= Socket.frameBound else { continue }
            frames.append(
                Array(
                    UnsafeRawBufferPointer(
                        start: zmq_msg_data(&message),
                        count: zmq_msg_size(&message)
                    )
                )
            )
        } while count == 0 || zmq_msg_more(&message) != 0
        guard count <= Socket.frameBound else {
            throw .tooManyFrames(count: count, bound: Socket.frameBound)
        }
        return frames
    }

    /// The error code of a failed send, or nil.
    private func failure(sending frame: [UInt8], flags: Int32) -> Int32? {
        while true {
            let sent = frame.withUnsafeBytes {
                zmq_send(handle, $0.baseAddress, $0.count, flags)
            }
            if sent >= 0 { return nil }
            let code = zmq_errno()
            if code != EINTR { return code }
        }
    }
}
