import CLinux
import DequeModule
import Glibc

/// The jobs that wait for a thread.
///
/// `@unchecked Sendable`: `jobs` and `isClosed` are only touched with `mutex` held; the rest is
/// immutable. (A condition variable is needed, which `Synchronization` does not offer.)
final class ExecutorQueue<State>: @unchecked Sendable {
    typealias Job = @Sendable (inout State) -> Void

    private let makeState: @Sendable (Int) -> State
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var jobs: Deque<Job> = []
    private var isClosed = false

    init(_ makeState: @escaping @Sendable (Int) -> State) {
        self.makeState = makeState
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// False when `bound` jobs wait already.
    func add(bound: Int, _ job: @escaping Job) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard jobs.count < bound else { return false }
        jobs.append(job)
        pthread_cond_signal(condition)
        return true
    }

    func close() {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        isClosed = true
        jobs = []
        pthread_cond_broadcast(condition)
    }

    /// A thread's life.
    func work(thread: Int, name: String) {
        clinux_thread_name(name)
        _ = clinux_thread_slice(0)
        var state = makeState(thread)
        while let job = next() { job(&state) }
    }

    private func next() -> Job? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !isClosed {
            if let job = jobs.popFirst() { return job }
            pthread_cond_wait(condition, mutex)
        }
        return nil
    }
}
