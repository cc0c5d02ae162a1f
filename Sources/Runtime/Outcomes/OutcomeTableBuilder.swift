package import Cluster
import FoundationEssentials
package import Inference
package import Scenario

/// Fills the outcome table: from the cache where it can, else by real inference in worker
/// processes.
package struct OutcomeTableBuilder {
    let scenario: Scenario
    private let engine: InferenceEngine
    let workers: Int
    private let cache: OutcomeCache?
    let isQuiet: Bool

    /// Takes a scenario with network work that was read from a file.
    ///
    /// - Parameters:
    ///   - scenario: What to compute outcomes for.
    ///   - engine: Fits the codecs' tables, and is part of the cache's keys.
    ///   - workers: Pairs of a device and an edge worker.
    ///   - cache: Nil to compute everything anew and keep nothing.
    ///   - isQuiet: Whether to show no progress.
    package init(
        scenario: Scenario,
        engine: InferenceEngine,
        workers: Int,
        cache: OutcomeCache?,
        isQuiet: Bool
    ) {
        self.scenario = scenario
        self.engine = engine
        self.workers = max(workers, 1)
        self.cache = cache
        self.isQuiet = isQuiet
    }

    /// Finds or computes the outcomes of every operating point that some policy may choose.
    ///
    /// The plan is given the codecs that the outcomes were made with.
    ///
    /// - Parameters:
    ///   - plan: Of the scenario's network.
    ///   - isInterrupted: The signal that came before the workers were started, if any.
    /// - Returns: The table; points that no policy may choose are empty in it. The labels of a data
    ///   set without any are what the uncut network predicts.
    /// - Throws: `RuntimeError`, `InferenceError` of the calibration, or `InvalidInput` when an image
    ///   cannot be used.
    package func build(
        _ plan: inout NetworkPlan,
        isInterrupted: () -> Int32? = { nil }
    ) throws -> OutcomeTable {
        let samples = try SampleSet(plan.workload.dataset, input: plan.workload.input)
        let keys = try OutcomeKeys(plan: plan, engine: engine.identity, samples: samples)
        var table = OutcomeTable(
            outcomes: plan.points.map { _ in [] },
            labels: samples.labels ?? [],
            classes: plan.classes
        )
        var missing: [Int] = []
        let reference = samples.labels == nil ? plan.points.firstIndex { $0.kind == .local } : nil
        for point in Set(scenario.reachablePoints + [reference].compactMap(\.self)).sorted() {
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
        try fill(&table, missing, &plan, samples, keys, isInterrupted)
        if let reference {
            table.labels = table.outcomes[reference].map { $0.prediction ?? -1 }
            if !scenario.reachablePoints.contains(reference) { table.outcomes[reference] = [] }
        }
        return table
    }

    /// Computes the outcomes of the points that the cache lacks, and keeps them there.
    private func fill(
        _ table: inout OutcomeTable,
        _ missing: [Int],
        _ plan: inout NetworkPlan,
        _ samples: SampleSet,
        _ keys: OutcomeKeys,
        _ isInterrupted: () -> Int32?
    ) throws {
        guard !missing.isEmpty else { return }
        try plan.calibrate(points: missing, engine: engine)
        if let signal = isInterrupted() { throw RuntimeError.interrupted(signal: signal) }
        let computed: [[OutcomeTable.Outcome]]
        do {
            computed = try compute(missing, plan: plan, samples: samples.count)
        } catch let error as RuntimeError {
            // A damaged image is the user's to mend, not a failure of a worker.
            if case .worker = error { try samples.check() }
            throw error
        }
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
    }
}
