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
        let span = scenario.duration + scenario.drain
        return .seconds(max(1, Int64(span.seconds / Self.mostPoints)))
    }

    /// Points of one series in a record.
    private static let mostPoints = 3600.0

    /// How a run ended.
    struct End {
        /// What each replica did.
        var edges: [EdgeStatistics]
        /// By device group: what was spent on requests after they had ended.
        var abandonedNanojoules: [Int128]
        /// When issuing stopped because the precision was reached; nil when it went on to the end.
        var stopped: SimulationTime?
        /// What interrupted it; its open requests are unfinished then.
        var interruption: Interruption?
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
        let simulated = SimulatedProgress(scenario.duration)
        var progress = ProgressLine(
            label: "Simulating",
            unit: simulated.unit,
            total: simulated.total,
            isShown: !isQuiet
        )
        defer { progress.finish() }
        var signal: Int32?
        let issueEnd = SimulationTime.start + scenario.duration
        var stopped: SimulationTime?
        // Precision is checked just before each point of the series, so that the run up to it is one of that
        // duration.
        var mayStop = scenario.precision != nil
        var isChecked = false
        let names = scenario.replicaNames
        var next = SimulationTime.start + sampling
        while !simulation.isIdle, simulation.now < simulation.end {
            let limit = min(next, simulation.end)
            let checks = mayStop && !isChecked
            let isReached = simulation.run(
                until: checks ? limit - SimulationDuration(nanoseconds: 1) : limit
            )
            try simulation.takeEnded { try recorder.record($0) }
            if isReached, checks {
                isChecked = true
                mayStop = limit < issueEnd
                if mayStop, recorder.isPreciseEnough {
                    simulation.stopIssuing(at: limit)
                    stopped = limit
                    mayStop = false
                }
            }
            progress.update(simulated.done(at: simulation.now))
            signal = isInterrupted()
            if signal != nil { break }
            guard isReached, !checks || simulation.isIdle else { continue }
            try sample(simulation, at: limit, names, recorder)
            if limit == simulation.end { break }
            next = next + sampling
            isChecked = false
        }
        let end =
            if signal != nil {
                simulation.now
            } else if simulation.hasOpenRequests {
                simulation.end
            } else {
                max(simulation.lastActivity, stopped ?? issueEnd)
            }
        simulation.finish(at: end)
        try simulation.takeEnded { try recorder.record($0) }
        // What is under way on links does not keep servers busy.
        let serviceEnd =
            simulation.isServing
            ? end : min(max(simulation.lastService, stopped ?? issueEnd), end)
        return End(
            edges: statistics(simulation, until: serviceEnd),
            abandonedNanojoules: simulation.host.abandonedNanojoules,
            stopped: stopped,
            interruption: signal.map { Interruption(signal: $0, time: end) },
            replayCounts: simulation.replayCounts
        )
    }

    private func sample(
        _ simulation: borrowing Simulation,
        at time: SimulationTime,
        _ names: [String],
        _ recorder: RunRecorder
    ) throws {
        var points = scenario.traceRates(over: sampling, until: time)
        for (index, name) in names.enumerated() {
            let (waiting, busySlots) = simulation.load(of: index)
            points += Scenario.loadSeries(
                of: name,
                waiting: waiting,
                busySlots: busySlots,
                at: time
            )
        }
        for point in points { try recorder.record(point) }
    }

    private func statistics(
        _ simulation: borrowing Simulation,
        until end: SimulationTime
    ) -> [EdgeStatistics] {
        let statistics = simulation.replicaStatistics
        let observed = Array(repeating: end - .start, count: statistics.count)
        return scenario.edgeStatistics(statistics, observed: observed)
    }
}

extension Scenario {
    /// The replicas' figures as the summary wants them, each over the span that was observed of it.
    func edgeStatistics(
        _ statistics: [ReplicaStatistics],
        observed: [SimulationDuration]
    ) -> [EdgeStatistics] {
        let (names, groups) = (replicaNames, edgeGroupOfReplica)
        return statistics.indices.map { index in
            Self.edgeStatistics(
                names[index],
                edges[groups[index]],
                statistics[index],
                observed: observed[index]
            )
        }
    }

    /// Energy is idle power over the whole span, and what computing adds in proportion to busy slots.
    private static func edgeStatistics(
        _ name: String,
        _ group: EdgeGroup,
        _ statistics: ReplicaStatistics,
        observed: SimulationDuration
    ) -> EdgeStatistics {
        let power = group.hardware.power
        let busyShare = Double(statistics.busySlotNanoseconds) / Double(group.slots)
        let energy =
            power.idle * Double(observed.nanoseconds) + (power.compute - power.idle) * busyShare
        return EdgeStatistics(
            name: name,
            slots: group.slots,
            observed: observed,
            busySlotNanoseconds: statistics.busySlotNanoseconds,
            batches: statistics.batches,
            requests: statistics.requests,
            queueNanoseconds: statistics.queueNanoseconds,
            joules: energy / 1e9
        )
    }
}
