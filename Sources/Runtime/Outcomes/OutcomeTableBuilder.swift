package import Cluster
import FoundationEssentials
package import Inference
import Messaging
import Results
package import Scenario

/// Fills the outcome table: from the cache where it can, else by real inference in worker
/// processes.
package struct OutcomeTableBuilder {
    private let scenario: Scenario
    private let engine: InferenceEngine
    private let workers: Int
    private let cache: OutcomeCache?
    private let isQuiet: Bool
    private let command: [String]

    /// Takes a scenario with network work that was read from a file.
    ///
    /// - Parameters:
    ///   - scenario: What to compute outcomes for.
    ///   - engine: Fits the codecs' tables, and is part of the cache's keys.
    ///   - workers: Pairs of a device and an edge worker.
    ///   - cache: Nil to compute everything anew and keep nothing.
    ///   - isQuiet: Whether to show no progress.
    ///   - command: Arguments that make this executable a worker.
    package init(
        scenario: Scenario,
        engine: InferenceEngine,
        workers: Int,
        cache: OutcomeCache?,
        isQuiet: Bool,
        command: [String] = ["worker"]
    ) {
        self.scenario = scenario
        self.engine = engine
        self.workers = max(workers, 1)
        self.cache = cache
        self.isQuiet = isQuiet
        self.command = command
    }

    /// Finds or computes the outcomes of every operating point that some policy may choose.
    ///
    /// The plan is given the codecs that the outcomes were made with.
    ///
    /// - Parameters:
    ///   - plan: Of the scenario's network.
    ///   - isInterrupted: The signal that came before the workers were started, if any.
    /// - Returns: The table; points that no policy may choose are empty in it.
    /// - Throws: `RuntimeError`, or `InferenceError` of the calibration.
    package func build(
        _ plan: inout NetworkPlan,
        isInterrupted: () -> Int32? = { nil }
    ) throws -> OutcomeTable {
        let samples = try SampleSet(plan.workload.dataset)
        let keys = try OutcomeKeys(plan: plan, engine: engine.identity, samples: samples)
        var table = OutcomeTable(
            outcomes: plan.points.map { _ in [] },
            labels: samples.labels,
            classes: plan.classes
        )
        var missing: [Int] = []
        for point in scenario.reachablePoints {
            if let entry = cache?.load(keys.key(of: plan.points[point])),
                entry.outcomes.count == samples.count
            {
                var descriptions = plan.points.map { _ in [UInt8]() }
                descriptions[point] = entry.codecDescription
                try plan.adopt(codecDescriptions: descriptions)
                table.outcomes[point] = entry.outcomes
            } else {
                missing.append(point)
            }
        }
        guard !missing.isEmpty else { return table }
        try plan.calibrate(points: missing, engine: engine)
        if let signal = isInterrupted() { throw RuntimeError.interrupted(signal: signal) }
        let computed = try compute(missing, plan: plan, samples: samples.count)
        let descriptions = plan.codecDescriptions
        for (point, outcomes) in zip(missing, computed) { table.outcomes[point] = outcomes }
        do {
            for (point, outcomes) in zip(missing, computed) {
                try cache?.store(
                    .init(codecDescription: descriptions[point], outcomes: outcomes),
                    under: keys.key(of: plan.points[point])
                )
            }
        } catch {
            // A cache that cannot be written costs time, not correctness.
            StandardError.write("simcoord: \(error)\n")
        }
        return table
    }

    private func compute(
        _ points: [Int],
        plan: NetworkPlan,
        samples: Int
    ) throws -> [[OutcomeTable.Outcome]] {
        let pool = try WorkerPool(arguments: command)
        do {
            let reports = try run(pool, points: points, plan: plan, samples: samples)
            try pool.shutdown()
            return try merge(reports, points: points.count, samples: samples)
        } catch {
            try pool.shutdown()
            throw error
        }
    }

    /// Each device worker's rows, in the order of its cells.
    private func run(
        _ pool: WorkerPool,
        points: [Int],
        plan: NetworkPlan,
        samples: Int
    ) throws -> [[UInt8]] {
        let edges = (0..<workers).map { WorkerName(role: WorkerRoles.tableEdge, index: $0) }
        let devices = (0..<workers).map { WorkerName(role: WorkerRoles.tableDevice, index: $0) }
        for edge in edges {
            try pool.launch(edge, configuration: configuration(edge.index, points, plan))
        }
        let endpoints = try pool.waitUntilReady(edges)
        for (device, edge) in zip(devices, edges) {
            var configuration = try configuration(device.index, points, plan)
            configuration.endpoints = endpoints[edge] ?? [:]
            try pool.launch(device, configuration: configuration)
        }
        _ = try pool.waitUntilReady(devices)
        try pool.broadcast(.start(WireStart()))
        var progress = ProgressLine(
            label: "Running real inference",
            unit: "outcomes",
            total: points.count * samples,
            isShown: !isQuiet
        )
        defer { progress.finish() }
        var done = Array(repeating: 0, count: workers)
        var reports = Array(repeating: [UInt8](), count: workers)
        var open = workers
        while open > 0 {
            guard let event = try pool.nextEvent() else { continue }
            switch event {
            case .progress(let name, let finished, _):
                done[name.index] = Int(finished)
                progress.update(done.reduce(0, +))
            case .report(let name, _, let content, let isLast):
                reports[name.index] += content
                if isLast { open -= 1 }
            case .failed(let name, let reason):
                throw RuntimeError.worker(name: "\(name)", reason: reason)
            case .exited(let exit) where !exit.isExpected:
                throw RuntimeError.worker(name: "\(exit.name)", reason: exit.reason)
            case .interrupted(let signal):
                throw RuntimeError.interrupted(signal: signal)
            case .waiting, .ready, .heartbeat, .exited: continue
            }
        }
        return reports
    }

    private func configuration(
        _ shard: Int,
        _ points: [Int],
        _ plan: NetworkPlan
    ) throws -> WireConfiguration {
        let assignment = OutcomeAssignment(
            codecDescriptions: plan.codecDescriptions.map { Data($0) },
            points: points,
            shard: shard,
            shards: workers
        )
        return try WorkerScenario.configuration(
            scenario,
            attachment: JSONEncoder().encode(assignment)
        )
    }

    /// Puts the shares together, by point and then by sample.
    private func merge(
        _ reports: [[UInt8]],
        points: Int,
        samples: Int
    ) throws -> [[OutcomeTable.Outcome]] {
        var merged = Array(
            repeating: [OutcomeTable.Outcome?](repeating: nil, count: samples),
            count: points
        )
        for (shard, report) in reports.enumerated() {
            let share = Array(stride(from: shard, to: samples, by: workers))
            guard let rows = OutcomeRows.decode(report), rows.count == share.count * points else {
                throw RuntimeError.worker(
                    name: "\(WorkerRoles.tableDevice)/\(shard)",
                    reason: "reported too little"
                )
            }
            for (index, row) in rows.enumerated() {
                let (point, position) = index.quotientAndRemainder(dividingBy: share.count)
                merged[point][share[position]] = row
            }
        }
        return merged.map { $0.compactMap(\.self) }
    }
}
