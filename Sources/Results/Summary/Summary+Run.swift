import Scenario
import SimulationCore

extension Summary {
    /// The figures of a run, its expectations judged.
    ///
    /// - Parameters:
    ///   - layout: the run's names and sizes.
    ///   - groups: one for each of the layout's device groups.
    ///   - closing: what the driver reports.
    ///   - digest: hexadecimal.
    init(layout: RunLayout, groups: [RequestStatistics], closing: RunClosing, digest: String) {
        var total = RequestStatistics(operatingPointCount: layout.operatingPoints.count)
        for group in groups { total.add(group) }
        func traffic(_ statistics: RequestStatistics) -> TrafficSummary {
            TrafficSummary(
                statistics,
                duration: layout.duration,
                operatingPoints: layout.operatingPoints
            )
        }
        var reasons = closing.invalidReasons
        if total.inconsistent > 0 {
            reasons.append(
                "\(total.inconsistent) completed requests have times that are missing or go back."
            )
        }
        self.init(
            scenario: layout.name,
            seed: layout.seed,
            clock: layout.clock.rawValue,
            duration: layout.duration.nanoseconds,
            dilation: closing.dilation,
            digest: digest,
            validity: Validity(reasons: reasons),
            accuracyReference: layout.accuracyReference,
            traffic: traffic(total),
            edges: closing.edges.map(EdgeSummary.init),
            groups: zip(layout.deviceGroups, groups).map { group, statistics in
                GroupSummary(name: group.name, devices: group.count, traffic: traffic(statistics))
            },
            expectations: [],
            host: closing.host,
            profile: closing.profile,
            pacing: closing.pacing,
            replay: closing.replay
        )
        let tree = tree
        expectations = closing.expectations.map { $0.evaluated(in: tree) }
    }
}
