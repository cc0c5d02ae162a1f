package import SimulationCore

/// How late a wall run was after its planned times, in run time.
package struct PacingSummary: Codable, Sendable, Equatable {
    /// Requests' issues.
    package var issues: LatenessSummary
    /// Ends of devices' work and of batches.
    package var releases: LatenessSummary
    /// All timers, links' included.
    package var timers: LatenessSummary

    package init(
        issues: LatenessSummary = LatenessSummary(),
        releases: LatenessSummary = LatenessSummary(),
        timers: LatenessSummary = LatenessSummary()
    ) {
        (self.issues, self.releases, self.timers) = (issues, releases, timers)
    }
}

/// How late planned events happened, in nanoseconds; percentiles are rounded up by at most a fifth.
package struct LatenessSummary: Codable, Sendable, Equatable {
    package var count: Int
    /// Later than 1 ms and than 5 % of what they ended.
    package var late: Int
    package var p50: Int64
    package var p99: Int64
    package var max: Int64

    package init(
        count: Int = 0,
        late: Int = 0,
        p50: SimulationDuration = .zero,
        p99: SimulationDuration = .zero,
        max: SimulationDuration = .zero
    ) {
        (self.count, self.late) = (count, late)
        (self.p50, self.p99, self.max) = (p50.nanoseconds, p99.nanoseconds, max.nanoseconds)
    }
}
