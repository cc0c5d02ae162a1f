import Cluster
import Links
import Results
import Scenario
import SimulationCore

/// A run under the virtual clock: the simulation, its series and its record.
struct VirtualRun {
    let scenario: Scenario
    let outcomes: OutcomeTable
    let serviceTimes: ServiceTimes
    /// Of the wall run that is replayed, if one is.
    var recordedTimes: RecordedTimes?
    let isQuiet: Bool

    /// Between two points of a series: a second, or more in a long run to keep the record small.
    private var sampling: SimulationDuration {
        .seconds(max(1, Int64(scenario.duration.seconds / Self.mostPoints)))
    }

    /// Points of one series in a record.
    private static let mostPoints = 3600.0

    /// How a run ended.
    struct End {
        /// What each replica did.
        var edges: [EdgeStatistics]
        /// When issuing stopped because the precision was reached; nil when it went on to the end.
        var stopped: SimulationTime?
        /// What interrupted it; its open requests are unfinished then.
        var signal: Int32?
        /// Where durations came from; nil unless another run is replayed.
        var replayCounts: RecordedTimes.Counts?
    }

    /// Runs to the end of the drain, or until it is interrupted.
    ///
    /// - Throws: `ResultsError`.
    func execute(recorder: RunRecorder, isInterrupted: () -> Int32?) throws -> End {
        var simulation = Simulation(
            scenario: scenario,
            outcomes: outcomes,
            serviceTimes: serviceTimes,
            recordedTimes: recordedTimes
        )
        var progress = ProgressLine(
            label: "Simulating",
            unit: "requests",
            total: nil,
            isShown: !isQuiet
        )
        defer { progress.finish() }
        var requests = 0
        var signal: Int32?
        let issueEnd = SimulationTime.start + scenario.duration
        var stopped: SimulationTime?
        // Checked just before each point of the series, so that the run up to it is one of that duration.
        var mayStop = scenario.precision != nil
        var next = SimulationTime.start + sampling
        while !simulation.isIdle, simulation.now < simulation.end {
            let limit = min(next, simulation.end)
            var isReached = simulation.run(
                until: mayStop ? limit - SimulationDuration(nanoseconds: 1) : limit
            )
            try simulation.takeEnded { record in
                requests += 1
                try recorder.record(record)
            }
            if isReached, mayStop {
                mayStop = limit < issueEnd
                if mayStop, recorder.isPreciseEnough {
                    simulation.stopIssuing(at: limit)
                    stopped = limit
                    mayStop = false
                }
                isReached = simulation.run(until: limit)
            }
            progress.update(requests)
            signal = isInterrupted()
            if signal != nil { break }
            guard isReached else { continue }
            try sample(simulation, at: limit, recorder)
            if limit == simulation.end { break }
            next = next + sampling
        }
        let end =
            signal == nil
            ? max(simulation.lastActivity, stopped ?? issueEnd) : max(simulation.now, .start)
        simulation.finish(at: end)
        try simulation.takeEnded { try recorder.record($0) }
        return End(
            edges: statistics(simulation, until: end),
            stopped: stopped,
            signal: signal,
            replayCounts: simulation.replayCounts
        )
    }

    private func sample(
        _ simulation: borrowing Simulation,
        at time: SimulationTime,
        _ recorder: RunRecorder
    ) throws {
        for (name, replica) in zip(scenario.replicaNames, simulation.replicas) {
            try recorder.record(
                SeriesPoint(
                    time: time,
                    entity: name,
                    metric: "queue",
                    value: Double(replica.waiting)
                )
            )
            try recorder.record(
                SeriesPoint(
                    time: time,
                    entity: name,
                    metric: "busySlots",
                    value: Double(replica.busySlots)
                )
            )
        }
        for path in scenario.links {
            guard case .trace(let trace) = path.uplink.capacity else { continue }
            let rate = trace.meanBitsPerSecond(from: time - sampling, over: sampling)
            try recorder.record(
                SeriesPoint(
                    time: time,
                    entity: path.name,
                    metric: "uplinkBitsPerSecond",
                    value: rate
                )
            )
        }
    }

    private func statistics(
        _ simulation: borrowing Simulation,
        until end: SimulationTime
    ) -> [EdgeStatistics] {
        var result: [EdgeStatistics] = []
        for index in simulation.replicas.indices {
            result.append(
                scenario.edgeStatistics(
                    replica: index,
                    simulation.replicas[index].statistics,
                    observed: end - .start
                )
            )
        }
        return result
    }
}

extension Scenario {
    /// `group/index`, in the order of the replicas' numbers.
    var replicaNames: [String] {
        edges.flatMap { group in (0..<group.count).map { "\(group.name)/\($0)" } }
    }

    /// The group of each replica.
    var replicaGroups: [EdgeGroup] {
        edges.flatMap { Array(repeating: $0, count: $0.count) }
    }

    /// A replica's figures as the summary wants them.
    ///
    /// Energy is idle power over the whole span, and what computing adds in proportion to busy slots.
    func edgeStatistics(
        replica: Int,
        _ statistics: ReplicaStatistics,
        observed: SimulationDuration
    ) -> EdgeStatistics {
        let group = replicaGroups[replica]
        let power = group.hardware.power
        let busyShare = Double(statistics.busySlotNanoseconds) / Double(group.slots)
        let energy =
            power.idle * Double(observed.nanoseconds) + (power.compute - power.idle) * busyShare
        return EdgeStatistics(
            name: replicaNames[replica],
            slots: group.slots,
            observed: observed,
            busy: SimulationDuration(nanoseconds: statistics.busySlotNanoseconds),
            batches: statistics.batches,
            requests: statistics.requests,
            queueIntegral: Int64(clamping: statistics.queueNanoseconds),
            energyNanojoules: Int64(energy.rounded())
        )
    }
}
