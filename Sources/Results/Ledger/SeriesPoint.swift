package import SimulationCore

/// One value of a quantity over time: a queue's length, a link's rate, a replica's load.
package struct SeriesPoint: Sendable, Equatable {
    package var time: SimulationTime
    /// What it was measured on: a replica, a device group, a link.
    package var entity: String
    /// The quantity, with its unit where it has one.
    package var metric: String
    package var value: Double

    package init(time: SimulationTime, entity: String, metric: String, value: Double) {
        self.time = time
        self.entity = entity
        self.metric = metric
        self.value = value
    }
}
