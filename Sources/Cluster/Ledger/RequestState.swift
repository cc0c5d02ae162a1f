/// How a request ended; every issued request ends in exactly one state.
package enum RequestState: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    case completed
    /// The device's queue or its link's queue was full.
    case dropped
    /// The link lost it and no attempt was left.
    case lost
    /// The client gave up; a copy on the server still runs and is charged.
    case timedOut
    /// The edge server's queue was full.
    case rejected
    /// A worker or the payload was at fault.
    case failed
    /// Still open at the end of the drain.
    case unfinished

    /// The name used in `summary.json` and in `results.sqlite`.
    package var name: String { String(describing: self) }
}
