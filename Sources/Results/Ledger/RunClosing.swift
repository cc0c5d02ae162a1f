package import Scenario
package import SimulationCore

/// What a driver knows at the end of a run beside its requests.
package struct RunClosing: Sendable {
    /// One for each replica, in order of their numbers.
    package var edges: [EdgeStatistics]
    /// What the operating points yield over the data set, by their indices; empty for synthetic work, or when that was
    /// not found out.
    package var allSamples: [AllSamplesSummary?] = []
    /// By device group, or empty for none: what was spent on requests after they had ended.
    package var abandonedNanojoules: [Int128] = []
    package var expectations: [Expectation]
    package var host: HostDescription
    package var profile: ProfileDescription?
    /// Wall runs only.
    package var dilation: Double?
    /// Wall runs only.
    package var pacing: PacingSummary?
    /// Virtual runs that replay a wall run only.
    package var replay: ReplaySummary?
    /// When issuing stopped because the scenario's precision was reached; nil when it went on to the end.
    package var stopped: SimulationTime?
    /// When a signal ended the run; nil when none did.
    package var interrupted: SimulationTime?
    /// Sentences that say why the run is not valid; empty when it is.
    package var invalidReasons: [String]

    package init(
        edges: [EdgeStatistics],
        expectations: [Expectation],
        host: HostDescription,
        profile: ProfileDescription? = nil,
        dilation: Double? = nil,
        pacing: PacingSummary? = nil,
        replay: ReplaySummary? = nil,
        stopped: SimulationTime? = nil,
        interrupted: SimulationTime? = nil,
        invalidReasons: [String] = []
    ) {
        self.edges = edges
        self.expectations = expectations
        self.host = host
        self.profile = profile
        self.dilation = dilation
        self.pacing = pacing
        self.replay = replay
        self.stopped = stopped
        self.interrupted = interrupted
        self.invalidReasons = invalidReasons
    }
}
