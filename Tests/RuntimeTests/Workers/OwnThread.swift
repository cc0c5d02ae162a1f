import Foundation
import Testing

/// Runs a suite's tests on threads of their own.
///
/// A pool blocks its thread and relies on the concurrency pool to start and reap processes, as from a
/// program's main thread; tests run on the concurrency pool itself and would starve it.
struct OwnThread: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(ThreadExecutor()) { try await function() }
    }
}

extension Trait where Self == OwnThread {
    /// Runs each test on a thread of its own.
    static var ownThread: OwnThread { OwnThread() }
}

/// Starts a thread for each job.
private final class ThreadExecutor: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        // The thread keeps the executor, which the job refers to without retaining it.
        Thread.detachNewThread { [self] in
            withExtendedLifetime(self) { job.runSynchronously(on: executor) }
        }
    }
}
