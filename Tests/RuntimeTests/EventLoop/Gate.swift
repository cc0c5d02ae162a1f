import Synchronization

/// Holds up a thread until the test opens it.
final class Gate: Sendable {
    private let isOpen = Atomic(false)

    func wait() { while !isOpen.load(ordering: .acquiring) {} }

    func open() { isOpen.store(true, ordering: .releasing) }
}
