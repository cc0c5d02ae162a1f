package import Results
package import SimulationCore

/// What a wall run knows at its end beside its requests.
package struct WallResult: Sendable {
    /// One for each replica, in order.
    package var edges: [EdgeStatistics] = []
    /// Sentences that say why the run is not valid.
    package var invalidReasons: [String] = []
    package var dilation: Double
    /// When issuing stopped because the scenario's precision was reached; nil when it went on to the end.
    package var stopped: SimulationTime?
    /// Requests whose payload size or prediction is not the outcome table's.
    package var disagreements: [String] = []
    package var pacing = Pacing()

    /// How late things happened after their planned times, in run time.
    package struct Pacing: Sendable {
        /// Ends of devices' work and of batches.
        package var releases = Lateness()
        package var issues = Lateness()
        /// All timers.
        package var timers = Lateness()
    }

    package struct Lateness: Sendable {
        package var count = 0
        /// Later than 1 ms and than 5 % of what they ended.
        package var late = 0
        package var median = SimulationDuration.zero
        package var p99 = SimulationDuration.zero
        package var worst = SimulationDuration.zero
    }
}

extension WallResult.Lateness {
    init(_ statistics: PacingStatistics) {
        self.init(
            count: statistics.count,
            late: statistics.late,
            median: statistics.quantile(0.5),
            p99: statistics.quantile(0.99),
            worst: SimulationDuration(nanoseconds: statistics.worstNanoseconds)
        )
    }

    /// Figures for a message, in milliseconds.
    var text: String {
        "\(late) of \(count) were late (median \(milliseconds(median)) ms, "
            + "99 % within \(milliseconds(p99)) ms, worst \(milliseconds(worst)) ms)"
    }

    private func milliseconds(_ span: SimulationDuration) -> Double {
        (Double(span.nanoseconds) / 1e3).rounded() / 1e3
    }
}
