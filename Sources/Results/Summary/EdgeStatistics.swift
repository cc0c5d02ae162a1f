package import SimulationCore

/// What a driver has counted on one edge replica by the end of the run.
package struct EdgeStatistics: Sendable, Equatable {
    /// `group/index`.
    package var name: String
    package var slots: Int
    /// The span over which the sums below were taken: until issuing stopped and nothing was left to do, or the
    /// drain was over.
    package var observed: SimulationDuration
    /// The sum over slots of the time each was running a batch.
    package var busySlotNanoseconds: Int128
    package var batches: Int
    /// Requests in those batches.
    package var requests: Int
    /// The integral of the queue's length over time, in request-nanoseconds.
    package var queueNanoseconds: Int128
    package var joules: Double

    package init(
        name: String,
        slots: Int,
        observed: SimulationDuration,
        busySlotNanoseconds: Int128,
        batches: Int,
        requests: Int,
        queueNanoseconds: Int128,
        joules: Double
    ) {
        self.name = name
        self.slots = slots
        self.observed = observed
        self.busySlotNanoseconds = busySlotNanoseconds
        self.batches = batches
        self.requests = requests
        self.queueNanoseconds = queueNanoseconds
        self.joules = joules
    }
}
