import Glibc
import Inference
import Synchronization

/// The other slots of an edge server: threads that run the same tail while it is measured.
final class ProfileRivals {
    /// Shared with the threads.
    private final class Round: Sendable {
        let isOver = Atomic<Bool>(false)
        /// Threads that have run the tail at least once, and have not stopped.
        let running = Atomic<Int>(0)
        let failure = Mutex<(any Error)?>(nil)
    }

    private let queue: ExecutorQueue<Result<EdgeExecutor, any Error>>
    private var threads: [pthread_t] = []

    /// Starts a thread for each of at most `count` other slots; each compiles the tails of `points`
    /// for itself.
    ///
    /// Throws `RuntimeError.system` when the system refuses a thread.
    init(
        count: Int,
        plan: NetworkPlan,
        engine: InferenceEngine,
        points: [Int],
        batches: [Int]
    ) throws(RuntimeError) {
        queue = ExecutorQueue { _ in
            Result {
                try EdgeExecutor(plan, engine: engine, points: points, batchSizes: batches)
            }
        }
        for index in 0..<count {
            let queue = queue
            do throws(RuntimeError) {
                threads.append(
                    try ExecutorThread.start { queue.work(thread: index, name: "rival \(index)") }
                )
            } catch {
                close()
                throw error
            }
        }
    }

    deinit { close() }

    /// Runs `body` while `count` threads run `items` over and over.
    func run<Output>(
        _ count: Int,
        _ items: [EdgeExecutor.Item],
        _ body: () throws -> Output
    ) throws -> Output {
        guard count > 0 else { return try body() }
        precondition(count <= threads.count, "there are only \(threads.count) rivals")
        let round = Round()
        for _ in 0..<count {
            let isTaken = queue.add(bound: threads.count) { executor in
                Self.work(executor, items, round)
            }
            precondition(isTaken, "a rival of the previous round still waits")
        }
        defer {
            round.isOver.store(true, ordering: .releasing)
            wait { round.running.load(ordering: .acquiring) == 0 }
        }
        wait { round.running.load(ordering: .acquiring) == count }
        let output = try body()
        if let failure = round.failure.withLock(\.self) { throw failure }
        return output
    }

    private static func work(
        _ executor: Result<EdgeExecutor, any Error>,
        _ items: [EdgeExecutor.Item],
        _ round: Round
    ) {
        var hasStarted = false
        // Announced once, failed or not: the measuring thread waits for all.
        func announce() {
            if !hasStarted { round.running.add(1, ordering: .acquiringAndReleasing) }
            hasStarted = true
        }
        do {
            let executor = try executor.get()
            while !round.isOver.load(ordering: .acquiring) {
                _ = try executor.run(items)
                announce()
            }
        } catch {
            round.failure.withLock { $0 = error }
            announce()
            while !round.isOver.load(ordering: .acquiring) { sched_yield() }
        }
        round.running.subtract(1, ordering: .acquiringAndReleasing)
    }

    /// Rounds last milliseconds; sleeping would let the processor slow down in between.
    private func wait(until isTrue: () -> Bool) {
        while !isTrue() { sched_yield() }
    }

    private func close() {
        queue.close()
        for thread in threads { pthread_join(thread, nil) }
        threads = []
    }
}
