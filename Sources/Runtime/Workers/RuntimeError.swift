/// What can go wrong in the processes of a run.
package enum RuntimeError: Error, Equatable, Sendable {
    /// A call to the operating system failed.
    case system(operation: String, reason: String)
    /// A queue with a bound is full.
    case queueFull(name: String, bound: Int)
    /// A worker process was started without what the coordinator gives it.
    case notAWorker(reason: String)
    /// Workers that were not ready in time.
    case notReady(workers: [String], seconds: Double)
    /// A worker failed, fell silent, or ended too early.
    case worker(name: String, reason: String)
    /// The run was interrupted by a signal.
    case interrupted(signal: Int32)
}

extension RuntimeError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .system(let operation, let reason):
            "could not \(operation): \(reason)"
        case .queueFull(let name, let bound):
            "the queue of \(name) is full: it holds \(bound) entries"
        case .notAWorker(let reason):
            "this command is started by simcoord itself, not by hand: \(reason)"
        case .notReady(let workers, let seconds):
            "not ready after \(seconds) s: \(workers.joined(separator: ", "))"
        case .worker(let name, let reason):
            "worker \(name) \(reason)"
        case .interrupted(let signal):
            "interrupted by \(SignalName.of(signal))"
        }
    }
}
