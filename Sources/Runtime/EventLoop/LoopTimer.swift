/// A deadline with a handler; made by `EventLoop.makeTimer`.
///
/// The handler runs on the loop, once, at or after the deadline and never before.
package final class LoopTimer {
    /// When the handler is due, in nanoseconds of `EventLoop.now`; nil while disarmed.
    package private(set) var deadline: Int64?

    private let handler: () throws -> Void

    init(_ handler: @escaping () throws -> Void) { self.handler = handler }

    /// Sets the next deadline, in place of an earlier one; it may be past.
    package func arm(at deadline: Int64) { self.deadline = deadline }

    package func disarm() { deadline = nil }

    func fire() throws {
        deadline = nil
        try handler()
    }
}
