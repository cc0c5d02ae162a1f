import Synchronization

/// Counts what several threads have done.
final class ProgressCounter: Sendable {
    private let total: Int
    private let done: Atomic<Int>

    init(_ total: Int, from start: Int) {
        self.total = total
        done = Atomic(start)
    }

    /// The share that is done with one more, 0...1.
    func next() -> Double {
        Double(done.add(1, ordering: .relaxed).newValue) / Double(total)
    }
}
