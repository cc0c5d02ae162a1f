package import Links
package import SimulationCore

/// A scenario, validated and resolved: defaults filled in, names turned into indices, files found.
///
/// Immutable once resolved; every process of a run holds the same value.
package struct Scenario: Sendable {
    package var name: String
    package var seed: UInt64
    package var clock: Clock
    /// Issuing stops here; the run then drains.
    package var duration: SimulationDuration
    /// How long open requests may take after `duration` before they count as unfinished.
    package var drain: SimulationDuration
    package var workload: Workload
    /// What a policy may choose from; indices into this array name an operating point everywhere.
    package var operatingPoints: [OperatingPoint]
    /// Path of the service-time profile; nil for synthetic work.
    package var profile: String?
    package var links: [LinkPath]
    package var devices: [DeviceGroup]
    package var edges: [EdgeGroup]
    package var balancer: Balancing
    package var expectations: [Expectation]

    package enum Clock: String, Sendable, CaseIterable { case virtual, wall }

    package enum Balancing: String, Sendable, CaseIterable {
        case roundRobin, leastOutstanding, powerOfTwoChoices, sticky
    }
}
