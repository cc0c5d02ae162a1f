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

    /// Whether to look for messages before waiting for the descriptor: it tells of a change once, and every call
    /// on the socket, sending included, may be the one that takes notice.
    var mayHoldMessages = true

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
        if waitingCount == 0 || waiting[peer] == nil {
            mayHoldMessages = true
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

    /// Messages that wait here for one of a router's peers.
    package func waitingCount(for peer: [UInt8]) -> Int { waiting[peer]?.count ?? 0 }

    /// Drops what waits here for one of a router's peers.
    package func discard(_ peer: [UInt8]) {
        waitingCount -= waiting.removeValue(forKey: peer)?.count ?? 0
    }

    /// Handles what has arrived and sends what waits.
    ///
    /// Receives until the socket has nothing left rather than asking its descriptor, whose edge may have been used
    /// up by a send or a receive. A full burst leaves `mayHoldMessages` set.
    ///
    /// - Throws: What the handler throws, or `MessagingError`.
    func work() throws {
        mayHoldMessages = true
        for _ in 0..<Channel.burst where mayHoldMessages {
            do {
                guard let frames = try socket.receive() else {
                    mayHoldMessages = false
                    break
                }
                try handler(frames)
            } catch MessagingError.tooManyFrames {
                // No message of ours: discarded.
            }
        }
        guard waitingCount > 0 else { return }
        // Asking for the state first makes ZeroMQ learn of the room that peers have made.
        let before = waitingCount
        let events = try socket.pendingEvents
        if events.contains(.writable) { try flush() }
        if events.contains(.readable) || waitingCount < before { mayHoldMessages = true }
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
