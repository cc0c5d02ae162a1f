import CLinux
import DequeModule
import Glibc
import Synchronization

/// Named threads that run jobs beside the loop, each with a state of its own.
///
/// Used from the loop's thread: jobs are handed in there, and their results come back there. A thread makes its
/// state when it starts, and only that thread ever touches it: a place for
/// engines and buffers that must not be shared.
package final class ExecutorThreads<State> {
    /// Jobs that wait for a thread.
    package let queueBound: Int
    package let name: String

    private let shared: ExecutorQueue<State>
    private var threads: [pthread_t] = []
    private var deliveries: [UInt64: (ExecutorRecord) throws -> Void] = [:]
    private var nextIdentifier: UInt64 = 0
    private var mailbox: LoopMailbox<ExecutorRecord>?

    /// Starts the threads.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - name: Shown by the system's tools with the thread's index; 12 bytes are kept.
    ///   - loop: Where results are delivered.
    ///   - queueBound: Jobs that may wait for a thread.
    ///   - makeState: Runs on each thread, with its index, before the thread's first job.
    /// - Throws: `RuntimeError.system` when the system refuses a thread.
    package init(
        count: Int,
        name: String,
        loop: EventLoop,
        queueBound: Int = 10_000,
        makeState: @escaping @Sendable (Int) -> State
    ) throws(RuntimeError) {
        precondition(count > 0 && queueBound > 0, "an executor needs a thread and a queue")
        self.name = name
        self.queueBound = queueBound
        shared = ExecutorQueue(makeState)
        mailbox = loop.makeMailbox { [weak self] record in
            try self?.deliveries.removeValue(forKey: record.identifier)?(record)
        }
        for index in 0..<count {
            let queue = shared
            let title = name.prefix(12) + " \(index)"
            do throws(RuntimeError) {
                threads.append(
                    try ExecutorThread.start { queue.work(thread: index, name: String(title)) }
                )
            } catch {
                close()
                throw error
            }
        }
    }

    deinit { close() }

    /// Hands in a job.
    ///
    /// - Parameters:
    ///   - job: Runs on one of the threads, with that thread's state.
    ///   - completion: Runs on the loop when the job has ended; what it throws ends the loop.
    /// - Throws: `RuntimeError.queueFull` when `queueBound` jobs wait already.
    package func submit<Output: Sendable>(
        _ job: @escaping @Sendable (inout State) throws -> Output,
        completion: @escaping (Result<Output, any Error>) throws -> Void
    ) throws(RuntimeError) {
        guard let mailbox else { preconditionFailure("the executor \(name) is closed") }
        let identifier = nextIdentifier
        let isTaken = shared.add(bound: queueBound) { state in
            let result = Result { try job(&state) as any Sendable }
            mailbox.post(ExecutorRecord(identifier: identifier, result: result))
        }
        guard isTaken else { throw .queueFull(name: name, bound: queueBound) }
        nextIdentifier += 1
        deliveries[identifier] = { record in
            try completion(
                record.result.map { value in
                    guard let output = value as? Output else {
                        preconditionFailure("a job's record went to another job's completion")
                    }
                    return output
                }
            )
        }
    }

    /// Lets running jobs end, forgets waiting ones, and joins the threads; safe to call again.
    package func close() {
        shared.close()
        for thread in threads { pthread_join(thread, nil) }
        threads = []
        deliveries = [:]
        mailbox = nil
    }
}
