import Cluster
import Links
import Results
import Scenario
import SimulationCore

/// The series that both clocks record.
extension Scenario {
    /// How busy a replica is.
    ///
    /// - Parameters:
    ///   - replica: its name.
    ///   - waiting: requests in its queues.
    ///   - busySlots: slots that run a batch.
    ///   - time: of the run.
    /// - Returns: a point of each of its series.
    static func loadSeries(
        of replica: String,
        waiting: Int,
        busySlots: Int,
        at time: SimulationTime
    ) -> [SeriesPoint] {
        [
            SeriesPoint(time: time, entity: replica, metric: "queue", value: Double(waiting)),
            SeriesPoint(time: time, entity: replica, metric: "busySlots", value: Double(busySlots)),
        ]
    }

    /// What the uplinks' traces gave on average over the span until `time`, but for links that every device enters
    /// somewhere else.
    func traceRates(over span: SimulationDuration, until time: SimulationTime) -> [SeriesPoint] {
        links.enumerated().compactMap { index, path in
            guard case .trace(let trace) = path.uplink.capacity,
                let offset = uplinkOffset(of: path, number: UInt32(index))
            else { return nil }
            let begin = max(time - span, .start)
            return SeriesPoint(
                time: time,
                entity: path.name,
                metric: "uplinkBitsPerSecond",
                value: trace.meanBitsPerSecond(from: begin + offset, over: time - begin)
            )
        }
    }

    private func uplinkOffset(of path: LinkPath, number: UInt32) -> SimulationDuration? {
        switch path.uplink.offset {
        case .fixed(let span): span
        case .random where path.isShared: path.uplink.resolvedOffset(seed: seed, device: number)
        case .random: nil
        }
    }
}
