import DequeModule
import Glibc
package import Messaging

/// The coordinator's side: starts worker processes, talks with them, and leaves none behind.
///
/// Synchronous, for a plain main thread; keep calling `nextEvent`, since everything happens in there. Every
/// worker's standard input is a pipe that only this process can write to, so workers end with it, however it ends.
package final class WorkerPool {
    package let loop: EventLoop
    /// Where workers connect to.
    package let controlEndpoint: String

    let limits: WorkerLimits
    private let launcher: WorkerLauncher
    let control: Channel
    private let deadlineTimer: LoopTimer
    let checkTimer: LoopTimer
    var workers: [WorkerName: WorkerHandle] = [:]
    var namesByPeer: [[UInt8]: WorkerName] = [:]
    var events: Deque<WorkerEvent> = []
    private var isInterrupted = false

    /// Opens the control socket; no worker is started yet.
    ///
    /// - Parameters:
    ///   - executable: The program that becomes a worker; this very program by default.
    ///   - limits: How long to wait for workers.
    ///   - handlesSignals: Whether `StopSignals` become events. Make the pool before other
    ///     threads are started then.
    /// - Throws: `RuntimeError.system` or `MessagingError`.
    package init(
        executable: String = "/proc/self/exe",
        limits: WorkerLimits = WorkerLimits(),
        handlesSignals: Bool = true
    ) throws {
        let loop = try EventLoop()
        let target = WeakPool()
        let socket = try Socket(MessagingContext(), .router)
        self.loop = loop
        self.limits = limits
        controlEndpoint = try socket.bind("tcp://127.0.0.1:*")
        launcher = WorkerLauncher(
            executable: executable,
            mailbox: loop.makeMailbox { try target.pool?.handle($0) }
        )
        control = try loop.attach(socket) { try target.pool?.receive($0) }
        deadlineTimer = loop.makeTimer {}
        checkTimer = loop.makeTimer { try target.pool?.check() }
        target.pool = self
        guard handlesSignals else { return }
        try loop.onSignals(StopSignals.numbers) { signal in
            target.pool?.isInterrupted = true
            target.pool?.events.append(.interrupted(signal: signal))
        }
    }

    deinit {
        // Workers exit at the end of their input; the tasks reap them on the concurrency pool.
        for worker in workers.values {
            worker.closeInput()
            worker.task?.cancel()
        }
    }

    /// The workers whose process has not ended.
    package var alive: [WorkerName] {
        workers.values.filter { $0.phase != .ended }.map(\.name).sorted()
    }

    /// A worker's process number, once it is started.
    package func pid(of name: WorkerName) -> Int32? { workers[name]?.pid }

    /// Starts a worker and returns at once.
    ///
    /// A name can be launched again when its process has ended.
    ///
    /// - Parameters:
    ///   - name: Its role and index.
    ///   - configuration: Sent when it says hello.
    /// - Throws: `RuntimeError.system` when no pipe can be had.
    package func launch(_ name: WorkerName, configuration: WireConfiguration) throws {
        precondition(workers[name].map { $0.phase == .ended } ?? true, "\(name) is running")
        let pipes = try WorkerLauncher.Pipes()
        let worker = WorkerHandle(
            name,
            token: Self.makeToken(),
            configuration: configuration,
            input: pipes.inputWriter,
            errorReader: pipes.errorReader,
            now: loop.now
        )
        workers[name] = worker
        // Fits the pipe's buffer, so it cannot block; if it failed the worker would say so.
        let line = Array("\(worker.token)\n".utf8)
        _ = write(pipes.inputWriter, line, line.count)
        try loop.watch(pipes.errorReader) { [loop, unowned worker] in
            guard !worker.readError() else { return }
            loop.unwatch(worker.errorReader)
            worker.closeError()
        }
        worker.task = launcher.launch(name, control: controlEndpoint, pipes: pipes)
        if checkTimer.deadline == nil { armCheck() }
    }

    /// The next event, waiting for it until `deadline` (ns of CLOCK_MONOTONIC), or for ever.
    package func nextEvent(deadline: Int64? = nil) throws -> WorkerEvent? {
        if events.isEmpty {
            if let deadline { deadlineTimer.arm(at: deadline) }
            try loop.run(until: {
                !events.isEmpty || deadline.map { $0 <= loop.now } ?? false
            })
            deadlineTimer.disarm()
        }
        return events.popFirst()
    }

    /// Sends a message to a worker; one that is not there (yet, or any more) gets nothing.
    package func send(_ message: ControlMessage, to name: WorkerName) throws {
        guard let worker = workers[name], let peer = worker.peer, worker.phase != .ended else {
            return
        }
        try control.send([peer, Wire.encode(message)])
    }

    /// Sends a message to all workers that said hello.
    package func broadcast(_ message: ControlMessage) throws {
        for name in alive { try send(message, to: name) }
    }

    /// Ends a worker with SIGKILL; its exit is expected then.
    package func kill(_ name: WorkerName) {
        guard let worker = workers[name], worker.phase != .ended else { return }
        worker.isEndExpected = true
        worker.task?.cancel()
    }

    /// Asks all workers to stop, then closes their input, then kills them; returns when all are gone.
    ///
    /// Their events, last reports included, can be taken with `nextEvent` afterwards. An
    /// interruption meanwhile skips the waiting.
    package func shutdown() throws {
        for worker in workers.values { worker.isEndExpected = true }
        isInterrupted = false
        try broadcast(.stop(WireStop()))
        // One that has not said hello would not hear of it, and has nothing to report.
        for worker in workers.values where worker.peer == nil { worker.closeInput() }
        try waitForEnd(limits.stop)
        for worker in workers.values { worker.closeInput() }
        try waitForEnd(limits.endOfInput)
        for worker in workers.values where worker.phase != .ended { worker.task?.cancel() }
        // SIGKILL cannot be refused; the bound only guards against a process stuck in the kernel.
        isInterrupted = false
        try waitForEnd(10_000_000_000)
        checkTimer.disarm()
    }

    private func waitForEnd(_ span: Int64) throws {
        let deadline = loop.now + span
        deadlineTimer.arm(at: deadline)
        try loop.run(until: { alive.isEmpty || isInterrupted || deadline <= loop.now })
        deadlineTimer.disarm()
    }

    /// 128 random bits.
    ///
    /// Not a draw of the simulation: it has to be unpredictable.
    private static func makeToken() -> String {
        String(UInt64.random(in: .min ... .max), radix: 16)
            + String(UInt64.random(in: .min ... .max), radix: 16)
    }
}

/// Lets the handlers find the pool, which is still being made when they are.
private final class WeakPool {
    weak var pool: WorkerPool?
}
