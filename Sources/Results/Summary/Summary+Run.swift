import Scenario
import SimulationCore

extension Summary {
    /// The figures of a run, its expectations judged.
    ///
    /// - Parameters:
    ///   - layout: the run's names and sizes.
    ///   - groups: one for each of the layout's device groups.
    ///   - sequences: all devices' first, then each group's when there are several.
    ///   - closing: what the driver reports.
    ///   - digest: hexadecimal.
    ///   - record: which requests are recorded.
    init(
        layout: RunLayout,
        groups: [RequestStatistics],
        sequences: [LatencySequence],
        closing: RunClosing,
        digest: String,
        record: RecordSelection
    ) {
        var groups = groups
        for (index, energy) in closing.abandonedNanojoules.enumerated() {
            groups[index].addAbandoned(nanojoules: energy)
        }
        var total = RequestStatistics(operatingPointCount: layout.operatingPoints.count)
        for group in groups { total.add(group) }
        let issueEnd = closing.stopped ?? .start + layout.duration
        let duration = min(issueEnd, closing.interrupted ?? issueEnd) - .start
        // What a server serves after the last issue takes it time, too.
        let span = max(duration, total.lastCompletion - .start)
        let confidence = layout.precision?.confidence ?? Precision.standardConfidence
        let proportion = Proportion(confidence: confidence)
        func traffic(_ statistics: RequestStatistics, _ sequence: LatencySequence) -> TrafficSummary
        {
            TrafficSummary(
                statistics,
                sequence,
                confidence: confidence,
                proportion: proportion,
                span: span,
                isJudged: layout.accuracyReference != nil,
                operatingPoints: layout.operatingPoints,
                allSamples: closing.allSamples
            )
        }
        let allTraffic = traffic(total, sequences[0])
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
            duration: duration.nanoseconds,
            precision: layout.precision.map {
                PrecisionSummary($0, sequences, stopped: closing.stopped)
            },
            dilation: closing.dilation,
            digest: digest,
            record: record.text,
            validity: Validity(reasons: reasons),
            accuracyReference: layout.accuracyReference,
            traffic: allTraffic,
            edges: closing.edges.map(EdgeSummary.init),
            groups: layout.deviceGroups.indices.map { index in
                GroupSummary(
                    name: layout.deviceGroups[index].name,
                    devices: layout.deviceGroups[index].count,
                    traffic: groups.count == 1
                        ? allTraffic : traffic(groups[index], sequences[index + 1])
                )
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
