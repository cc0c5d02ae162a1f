import CLinux
import Glibc

/// An eventfd that makes a loop look at its mailboxes.
final class LoopWaker: Sendable {
    let descriptor: Int32

    init() throws(RuntimeError) {
        descriptor = try SystemCall.check("make an eventfd") { clinux_event_create() }
    }

    deinit { close(descriptor) }

    /// From any thread.
    func wake() {
        var one: UInt64 = 1
        // It can only fail when the counter is about to overflow: then the loop is awake anyway.
        _ = write(descriptor, &one, MemoryLayout<UInt64>.size)
    }

    func clear() {
        var count: UInt64 = 0
        _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
    }
}
