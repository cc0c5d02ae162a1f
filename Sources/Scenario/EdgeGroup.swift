package import SimulationCore

/// Like edge server replicas. Replicas are numbered from 0 through all groups in order.
package struct EdgeGroup: Sendable {
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

    package struct Batching: Sendable, Equatable {
        package var max: Int
        /// How long the oldest request may wait for the batch to fill.
        package var wait: SimulationDuration
    }
}

/// A device or server class: how much slower than the profile's host each stage is.
package struct Hardware: Sendable, Equatable {
    package var name: String
    /// Duration on this hardware over duration on the profile's host.
    package var factors: Factors
    package var power: Power
    /// Where the figures come from; says so when they are estimates.
    package var source: String
    /// Its batching curve differs from the host's, so that factors do not describe it.
    package var needsOwnProfile: Bool

    package struct Factors: Sendable, Equatable {
        /// The network, or a part of it.
        package var inference: Double
        /// Quantiser, entropy coder and image codecs.
        package var coding: Double
    }

    /// In watts.
    package struct Power: Sendable, Equatable {
        package var idle: Double
        package var compute: Double
        package var transmit: Double
    }
}

/// A statement about the summary that the run must meet.
package struct Expectation: Sendable, Equatable {
    /// Dotted path into `summary.json`.
    package var path: String
    package var comparison: Comparison
    /// Nanoseconds for durations, bytes for sizes, bits per second for rates.
    package var value: Double
    /// As written, for messages.
    package var text: String

    package enum Comparison: String, Sendable, CaseIterable {
        case less = "<"
        case lessOrEqual = "<="
        case equal = "=="
        case notEqual = "!="
        case greaterOrEqual = ">="
        case greater = ">"
    }
}
