import Cluster
import ImageCodecs
import Results
import Scenario
import SimulationCore

/// A wall run whose measured durations a virtual run of the same scenario takes.
///
/// What remains to differ is what the model of queues, links and policies gets wrong, and not what a
/// profile does.
struct Replay {
    let times: RecordedTimes
    private let digest: String

    /// - Parameters:
    ///   - path: The wall run's folder.
    ///   - scenario: Of the virtual run.
    ///   - out: The virtual run's folder.
    /// - Throws: `InvalidInput` when the run is not a wall run of the scenario; `ResultsError` when its
    ///   record cannot be read.
    init(folder path: String, _ scenario: Scenario, out: String?) throws {
        guard scenario.clock == .virtual else {
            throw InvalidInput(
                "--replay: a wall run measures its own durations; use --clock virtual"
            )
        }
        let written = out.flatMap(FileStatus.init(ifThere:))
        guard written == nil || written?.identity != FileStatus(ifThere: path)?.identity else {
            throw InvalidInput("--replay: \(path) would be overwritten; choose another --out")
        }
        let folder = OutputFolder(existing: path)
        let summary = try folder.readSummary()
        if let difference = Self.difference(summary, RunLayout(scenario)) {
            throw InvalidInput("--replay: \(path) \(difference)")
        }
        digest = try folder.summaryDigest()
        times = try Self.times(folder, scenario)
    }

    /// What its counts mean.
    func summary(_ counts: RecordedTimes.Counts) -> ReplaySummary {
        ReplaySummary(
            digest: digest,
            replayed: counts.replayed,
            resampled: counts.resampled,
            profiled: counts.missing
        )
    }

    /// Why a run cannot be replayed; nil if it can.
    private static func difference(_ summary: Summary, _ layout: RunLayout) -> String? {
        if summary.clock != "wall" { return "is no wall run; run the scenario with --clock wall" }
        if summary.scenario != layout.name {
            return "is a run of '\(summary.scenario)', not of '\(layout.name)'"
        }
        if summary.seed != layout.seed {
            return "has seed \(summary.seed), not \(layout.seed); give --seed \(summary.seed)"
        }
        guard summary.groups.map(\.name) == layout.deviceGroups.map(\.name),
            summary.groups.map(\.devices) == layout.deviceGroups.map(\.count),
            summary.traffic.operatingPoints.map(\.name) == layout.operatingPoints,
            summary.edges.map(\.name) == layout.replicas
        else { return "is a run of another version of the scenario; run both from the same file" }
        guard summary.duration == layout.duration.nanoseconds else {
            let (seconds, whole) = (Double(summary.duration) / 1e9, layout.duration.seconds)
            return "issued for \(seconds) s, not \(whole) s; was it interrupted?"
        }
        return nil
    }

    private static func times(
        _ folder: OutputFolder,
        _ scenario: Scenario
    ) throws -> RecordedTimes {
        let entryOfPoint = NetworkEntries(points: scenario.operatingPoints).entryOfPoint
        let edgeGroups = scenario.edgeGroupOfReplica
        var times = RecordedTimes()
        try folder.forEachRequest(of: RunLayout(scenario)) { record, group in
            guard let index = record.operatingPoint else { return }
            let point = Int(index)
            let headEnd = record.headEnd == .absent ? record.headStart : record.headEnd
            let end = record.encodeEnd == .absent ? headEnd : record.encodeEnd
            if record.headStart != .absent, record.headEnd != .absent || end != headEnd {
                times.add(
                    .init(
                        operatingPoint: point,
                        head: headEnd - record.headStart,
                        encode: end - headEnd
                    ),
                    device: record.device,
                    group: group,
                    sequence: record.sequence
                )
            }
            guard let replica = record.replica.map(Int.init), record.serviceEnd != .absent else {
                return
            }
            times.add(
                .init(
                    edgeGroup: edgeGroups[replica],
                    entry: entryOfPoint[point],
                    size: Int(record.batchSize),
                    span: record.serviceEnd - record.serviceStart
                ),
                replica: replica,
                start: record.serviceStart,
                device: record.device,
                sequence: record.sequence
            )
        }
        return times
    }
}
