package import SimulationCore

/// Like edge server replicas.
///
/// Replicas are numbered from 0 through all groups in order.
package struct EdgeGroup: Sendable, Equatable {
    package var name: String
    package var count: Int
    package var hardware: Hardware
    /// Path of a profile of its own, for hardware with a batching curve unlike the host's.
    package var profile: String?
    /// Batches that one replica runs at once.
    package var slots: Int
    package var batch: Batching
    /// Most requests that may wait in one replica; one more is rejected.
    package var queue: Int

    package init(
        name: String,
        count: Int = 1,
        hardware: Hardware = .host,
        profile: String? = nil,
        slots: Int = 1,
        batch: Batching = Batching(),
        queue: Int = 1024
    ) {
        self.name = name
        self.count = count
        self.hardware = hardware
        self.profile = profile
        self.slots = slots
        self.batch = batch
        self.queue = queue
    }

    package struct Batching: Sendable, Equatable {
        package var max: Int
        /// How long the oldest request may wait for the batch to fill.
        package var wait: SimulationDuration

        package init(max: Int = 1, wait: SimulationDuration = .zero) {
            self.max = max
            self.wait = wait
        }
    }
}
