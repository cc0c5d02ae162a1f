import Synchronization

/// Hands values from any thread to a handler on the loop, in order; made by `EventLoop.makeMailbox`.
package final class LoopMailbox<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])
    private let waker: LoopWaker

    init(_ waker: LoopWaker) { self.waker = waker }

    /// Adds a value and wakes the loop; from any thread, even when the loop has ended.
    package func post(_ value: Value) {
        let isFirst = values.withLock { values in
            values.append(value)
            return values.count == 1
        }
        if isFirst { waker.wake() }
    }

    func take() -> [Value] {
        values.withLock { values in
            defer { values = [] }
            return values
        }
    }
}
