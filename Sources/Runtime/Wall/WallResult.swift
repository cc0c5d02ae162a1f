package import Cluster
package import Results
package import SimulationCore

/// What a wall run knows at its end beside its requests.
package struct WallResult: Sendable {
    /// One for each replica, in order.
    package var edges: [EdgeStatistics] = []
    /// By device group: what was spent on requests after they had ended.
    package var abandonedNanojoules: [Int128] = []
    /// Sentences that say why the run is not valid.
    package var invalidReasons: [String] = []
    package var dilation: Double
    /// When issuing stopped because the scenario's precision was reached; nil when it went on to the end.
    package var stopped: SimulationTime?
    /// What interrupted it; its open requests are unfinished then.
    var interruption: Interruption?
    /// Requests whose payload size or prediction is not the outcome table's.
    package var disagreements: [String] = []
    package var pacing = PacingSummary()
    /// How long every stage took that was executed, if that was asked for.
    package var measurements: [ServiceProfile.Measurement] = []
}

extension LatenessSummary {
    init(_ statistics: PacingStatistics) {
        self.init(
            count: statistics.count,
            late: statistics.late,
            mean: statistics.mean,
            p50: statistics.quantile(0.5),
            p99: statistics.quantile(0.99),
            max: SimulationDuration(nanoseconds: statistics.worstNanoseconds)
        )
    }

    /// Figures for a message, in milliseconds.
    var text: String {
        "\(late) of \(count) were late (median \(milliseconds(p50)) ms, "
            + "99 % within \(milliseconds(p99)) ms, worst \(milliseconds(max)) ms)"
    }

    private func milliseconds(_ nanoseconds: Int64) -> Double {
        (Double(nanoseconds) / 1e3).rounded() / 1e3
    }
}
