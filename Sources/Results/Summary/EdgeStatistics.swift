package import SimulationCore

/// What a driver has counted on one edge replica by the end of the run.
package struct EdgeStatistics: Sendable, Equatable {
    /// `group/index`.
    package var name: String
    package var slots: Int
    /// The span over which the sums below were taken: the run's length with its drain.
    package var observed: SimulationDuration
    /// The sum over slots of the time each was running a batch.
    package var busy: SimulationDuration
    package var batches: Int
    /// Requests in those batches.
    package var requests: Int
    /// The integral of the queue's length over time, in request-nanoseconds.
    package var queueIntegral: Int64
    package var energyNanojoules: Int64

    package init(
        name: String,
        slots: Int,
        observed: SimulationDuration,
        busy: SimulationDuration,
        batches: Int,
        requests: Int,
        queueIntegral: Int64,
        energyNanojoules: Int64
    ) {
        self.name = name
        self.slots = slots
        self.observed = observed
        self.busy = busy
        self.batches = batches
        self.requests = requests
        self.queueIntegral = queueIntegral
        self.energyNanojoules = energyNanojoules
    }
}
