/// How long the coordinator waits, in nanoseconds.
package struct WorkerLimits: Sendable {
    /// From a worker's launch, or its last progress in loading, until it is ready.
    package var ready: Int64 = 60_000_000_000
    /// Without any message from a worker that was ready.
    package var silence: Int64 = 10_000_000_000
    /// From Stop until the worker's standard input is closed, which makes it exit at once.
    package var stop: Int64 = 5_000_000_000
    /// From then until it is killed.
    package var endOfInput: Int64 = 1_000_000_000

    package init() {}
}
