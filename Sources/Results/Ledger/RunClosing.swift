package import Scenario
package import SimulationCore

/// What a driver knows at the end of a run beside its requests.
package struct RunClosing: Sendable {
    /// One for each replica, in order of their numbers.
    package var edges: [EdgeStatistics]
    package var expectations: [Expectation]
    package var host: HostDescription
    package var profile: ProfileDescription?
    /// Wall runs only.
    package var dilation: Double?
    /// When issuing stopped because the scenario's precision was reached; nil when it went on to the end.
    package var stopped: SimulationTime?
    /// Sentences that say why the run is not valid; empty when it is.
    package var invalidReasons: [String]

    package init(
        edges: [EdgeStatistics],
        expectations: [Expectation],
        host: HostDescription,
        profile: ProfileDescription? = nil,
        dilation: Double? = nil,
        stopped: SimulationTime? = nil,
        invalidReasons: [String] = []
    ) {
        self.edges = edges
        self.expectations = expectations
        self.host = host
        self.profile = profile
        self.dilation = dilation
        self.stopped = stopped
        self.invalidReasons = invalidReasons
    }
}
