package import SimulationCore

/// How late a wall run was after its planned times, in run time.
package struct PacingSummary: Codable, Sendable, Equatable {
    /// Requests' issues.
    package var issues: LatenessSummary
    /// Requests' comings to their edge servers' processes.
    package var deliveries: LatenessSummary
    /// Ends of devices' work and of batches.
    package var releases: LatenessSummary
    /// All timers, links' included.
    package var timers: LatenessSummary
    /// From a request's leaving its device host for the edge site to the reply's return, less what the
    /// simulation took of it: what sockets and processes add.
    package var exchanges: LatenessSummary

    package init(
        issues: LatenessSummary = LatenessSummary(),
        deliveries: LatenessSummary = LatenessSummary(),
        releases: LatenessSummary = LatenessSummary(),
        timers: LatenessSummary = LatenessSummary(),
        exchanges: LatenessSummary = LatenessSummary()
    ) {
        (self.issues, self.deliveries, self.releases) = (issues, deliveries, releases)
        (self.timers, self.exchanges) = (timers, exchanges)
    }
}

/// How late planned events happened, in nanoseconds; percentiles are rounded up by at most a twentieth.
package struct LatenessSummary: Codable, Sendable, Equatable {
    package var count: Int
    /// Later than 1 ms and than 5 % of what they ended.
    package var late: Int
    package var mean: Int64
    package var p50: Int64
    package var p99: Int64
    package var max: Int64

    package init(
        count: Int = 0,
        late: Int = 0,
        mean: SimulationDuration = .zero,
        p50: SimulationDuration = .zero,
        p99: SimulationDuration = .zero,
        max: SimulationDuration = .zero
    ) {
        (self.count, self.late) = (count, late)
        self.mean = mean.nanoseconds
        (self.p50, self.p99, self.max) = (p50.nanoseconds, p99.nanoseconds, max.nanoseconds)
    }
}
