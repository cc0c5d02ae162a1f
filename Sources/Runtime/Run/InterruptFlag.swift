import Glibc
import Synchronization

/// Notes `StopSignals` while the main thread computes.
///
/// Signal handlers may only touch lock-free memory, hence the global atomic.
struct InterruptFlag {
    private static let received = Atomic<Int32>(0)

    init() {
        Self.received.store(0, ordering: .relaxed)
        var heard = sigset_t()
        sigemptyset(&heard)
        for number in StopSignals.numbers {
            Glibc.signal(number) { Self.received.store($0, ordering: .relaxed) }
            sigaddset(&heard, number)
        }
        // Whoever started this program may have had them blocked, which is inherited.
        pthread_sigmask(SIG_UNBLOCK, &heard, nil)
    }

    /// The signal that has arrived, if any.
    var signal: Int32? {
        let number = Self.received.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }
}
