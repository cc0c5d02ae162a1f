package import Messaging

/// What the coordinator learns about its workers.
package enum WorkerEvent: Sendable {
    /// It has loaded what it needs and has bound these endpoints.
    case ready(WorkerName, endpoints: [String: String])
    case heartbeat(WorkerName, WireHeartbeat)
    case progress(WorkerName, done: UInt64, total: UInt64)
    /// The next part of its report; parts come in order and once.
    case report(WorkerName, part: Int, content: [UInt8], isLast: Bool)
    /// It cannot go on, was not ready in time or fell silent; told once for each worker.
    case failed(WorkerName, reason: String)
    /// Its process is gone. The last event of a worker that was started.
    case exited(WorkerExit)
    /// The coordinator received one of `StopSignals`.
    case interrupted(signal: Int32)
}
