import Glibc
import Synchronization

/// Notes SIGINT and SIGTERM while the main thread computes.
///
/// Signal handlers may only touch lock-free memory, hence the global atomic.
struct InterruptFlag {
    private static let received = Atomic<Int32>(0)

    init() {
        Self.received.store(0, ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            Glibc.signal(number) { Self.received.store($0, ordering: .relaxed) }
        }
    }

    /// The signal that has arrived, if any.
    var signal: Int32? {
        let number = Self.received.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }
}
