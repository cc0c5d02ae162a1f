import Cluster
import FoundationEssentials
import Messaging
import Results

/// The workers that compute outcomes.
extension OutcomeTableBuilder {
    /// Outcomes by point and then by sample; the workers are gone afterwards.
    func compute(
        _ points: [Int],
        plan: NetworkPlan,
        samples: Int
    ) throws -> [[OutcomeTable.Outcome]] {
        let pool = try WorkerPool()
        let reports: [[UInt8]]
        do {
            reports = try run(pool, points: points, plan: plan, samples: samples)
            try pool.shutdown()
        } catch {
            try pool.shutdown()
            throw error
        }
        // A signal that came meanwhile is for the whole run.
        while let event = try pool.nextEvent(deadline: 0) {
            guard case .interrupted(let signal) = event else { continue }
            throw RuntimeError.interrupted(signal: signal)
        }
        return try merge(reports, points: points.count, samples: samples)
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
            case .ready, .heartbeat, .exited: continue
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

    /// Puts the shares, which go by sample and then by point, together by point and then by sample.
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
                let (position, point) = index.quotientAndRemainder(dividingBy: points)
                merged[point][share[position]] = row
            }
        }
        return merged.map { $0.compactMap(\.self) }
    }
}
