import SimulationCore

/// The figures of one edge replica.
package struct EdgeSummary: Codable, Sendable, Equatable {
    /// `group/index`.
    package var name: String
    /// The part of its slots' time that was spent running batches.
    package var utilization: Double
    /// Requests per batch; nil when it ran none.
    package var meanBatch: Double?
    /// The queue's mean length over time.
    package var meanQueue: Double
    package var requests: Int
    package var batches: Int
    /// In joules.
    package var energy: Double

    init(_ statistics: EdgeStatistics) {
        let observed = Double(statistics.observed.nanoseconds)
        let slotTime = observed * Double(statistics.slots)
        name = statistics.name
        utilization = slotTime > 0 ? Double(statistics.busySlotNanoseconds) / slotTime : 0
        meanBatch =
            statistics.batches == 0
            ? nil : Double(statistics.requests) / Double(statistics.batches)
        meanQueue = observed > 0 ? Double(statistics.queueNanoseconds) / observed : 0
        requests = statistics.requests
        batches = statistics.batches
        energy = statistics.joules
    }
}
