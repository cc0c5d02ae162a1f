package import SimulationCore

/// A scenario, validated and resolved: defaults filled in, names turned into indices, files found.
///
/// Immutable once resolved; every process of a run holds the same value.
package struct Scenario: Sendable, Equatable {
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
    /// Nil when the run is to go its whole length.
    package var precision: Precision?
    /// What it was read from, for other processes to read it too; nil when built in code.
    package var source: ScenarioSource?
    /// The whole scenario as JSON, defaults filled in and paths made absolute.
    ///
    /// It is itself a scenario file of the same meaning. Empty when built in code.
    package var explanation: String

    package init(
        name: String,
        seed: UInt64 = 1,
        clock: Clock = .virtual,
        duration: SimulationDuration,
        drain: SimulationDuration = .seconds(10),
        workload: Workload,
        operatingPoints: [OperatingPoint],
        profile: String? = nil,
        links: [LinkPath] = [],
        devices: [DeviceGroup],
        edges: [EdgeGroup] = [],
        balancer: Balancing = .leastOutstanding,
        expectations: [Expectation] = [],
        precision: Precision? = nil,
        source: ScenarioSource? = nil,
        explanation: String = ""
    ) {
        self.name = name
        self.seed = seed
        self.clock = clock
        self.duration = duration
        self.drain = drain
        self.workload = workload
        self.operatingPoints = operatingPoints
        self.profile = profile
        self.links = links
        self.devices = devices
        self.edges = edges
        self.balancer = balancer
        self.expectations = expectations
        self.precision = precision
        self.source = source
        self.explanation = explanation
    }

    package enum Clock: String, Sendable, CaseIterable { case virtual, wall }

    package enum Balancing: String, Sendable, CaseIterable {
        case roundRobin, leastOutstanding, powerOfTwoChoices, sticky
    }
}
