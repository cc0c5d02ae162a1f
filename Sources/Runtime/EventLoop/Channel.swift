import DequeModule
package import Messaging

/// A socket on an event loop; made by `EventLoop.attach`.
///
/// Whole messages arrive at a handler. What the socket cannot take at once waits here, up to a bound,
/// and is sent as soon as the peer has room.
package final class Channel {
    /// Messages that wait here when ZeroMQ's own queue is full, for all peers together.
    package static let waitingBound = 100_000
    /// Messages handled before timers get a turn.
    static let burst = 64

    package let socket: Socket
    /// Messages that wait here.
    package private(set) var waitingCount = 0
    /// Messages with too many frames, which were discarded.
    package private(set) var discardedCount = 0

    /// By routing id on a router, so that a slow peer does not hold up the others; else under [].
    private var waiting: [[UInt8]: Deque<[[UInt8]]>] = [:]
    private let handler: ([[UInt8]]) throws -> Void

    init(_ socket: Socket, _ handler: @escaping ([[UInt8]]) throws -> Void) {
        self.socket = socket
        self.handler = handler
    }

    /// Sends a message, now or as soon as the peer has room.
    ///
    /// - Parameter frames: On a router the first is the peer's routing id.
    /// - Returns: False if a router's peer is gone; the message is dropped then.
    /// - Throws: `RuntimeError.queueFull` when `waitingBound` messages wait already.
    @discardableResult
    package func send(_ frames: [[UInt8]]) throws -> Bool {
        let peer = socket.kind == .router ? frames[0] : []
        if waiting[peer] == nil {
            switch try socket.send(frames) {
            case .sent: return true
            case .unreachable: return false
            case .wouldBlock: break
            }
        }
        guard waitingCount < Channel.waitingBound else {
            throw RuntimeError.queueFull(
                name: "messages to be sent",
                bound: Channel.waitingBound
            )
        }
        waiting[peer, default: []].append(frames)
        waitingCount += 1
        return true
    }

    /// Sends what waits and handles what has arrived.
    ///
    /// Looks at the socket's state rather than at its descriptor, whose edge may have been used up by a
    /// send or a receive.
    ///
    /// - Returns: Whether messages are left because the burst was used up.
    /// - Throws: What the handler throws, or `MessagingError`.
    func work() throws -> Bool {
        // Asking for the state first makes ZeroMQ learn of the room that peers have made.
        if waitingCount > 0, try socket.pendingEvents.contains(.writable) { try flush() }
        for _ in 0..<Channel.burst {
            guard try socket.pendingEvents.contains(.readable) else { return false }
            do {
                guard let frames = try socket.receive() else { return false }
                try handler(frames)
            } catch MessagingError.tooManyFrames {
                discardedCount += 1
            }
        }
        return true
    }

    private func flush() throws {
        for peer in Array(waiting.keys) {
            while let frames = waiting[peer]?.first {
                if try socket.send(frames) == .wouldBlock { break }
                waiting[peer]?.removeFirst()
                waitingCount -= 1
            }
            if waiting[peer]?.isEmpty == true { waiting[peer] = nil }
        }
    }
}
