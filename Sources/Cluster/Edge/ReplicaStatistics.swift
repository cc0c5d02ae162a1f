/// What a replica did over a run.
package struct ReplicaStatistics: Sendable, Equatable, Codable {
    /// Sum over slots of the time they were busy.
    package var busySlotNanoseconds: Int128 = 0
    /// Integral of the number of waiting requests over time.
    package var queueNanoseconds: Int128 = 0
    package var batches = 0
    /// Requests that were started.
    package var requests = 0

    package init() {}
}
