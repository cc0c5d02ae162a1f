import Cluster
import FoundationEssentials
import Hashing
import Inference
package import Results
package import Scenario
import SimulationCore

/// One run of a scenario, from the checks to the files.
package struct ScenarioRun {
    package struct Options: Sendable {
        /// Pairs of workers that compute outcomes, or device hosts under the wall clock.
        package var workers: Int
        /// Where the files go; nil to write none.
        package var folder: String?
        package var selection: RecordSelection
        package var cache: OutcomeCache?
        package var isQuiet: Bool
        /// Folder of a wall run whose durations a virtual run takes; nil for the profile's.
        package var replay: String?

        package init(
            workers: Int = ProcessInfo.processInfo.activeProcessorCount,
            folder: String?,
            selection: RecordSelection = .all,
            cache: OutcomeCache? = .standard,
            isQuiet: Bool = false,
            replay: String? = nil
        ) {
            self.workers = workers
            self.folder = folder
            self.selection = selection
            self.cache = cache
            self.isQuiet = isQuiet
            self.replay = replay
        }
    }

    /// What a run leaves behind.
    package struct Result: Sendable {
        package var summary: Summary
        package var files: [OutputFolder.File]
        /// Requests of a wall run whose payload or prediction is not the outcome table's.
        package var disagreements: [String] = []
        /// The signal that ended the run before its end; nil for a whole run.
        package var signal: Int32?
    }

    private let scenario: Scenario
    private let options: Options

    package init(_ scenario: Scenario, options: Options) {
        self.scenario = scenario
        self.options = options
    }

    /// Runs it to the end, or until a signal: then the result tells what was run by then.
    ///
    /// - Throws: `InvalidInput` before anything is started or written; else what went wrong.
    package func execute() throws -> Result {
        try Self.checkExpectations(scenario)
        let prepared = try PreparedRun(scenario)
        if scenario.clock == .wall { _ = try WallRun.dilation(for: scenario) }
        let replay = try options.replay.map {
            try Replay(folder: $0, scenario, out: options.folder)
        }
        let folder = try options.folder.map { path throws(ResultsError) in
            try OutputFolder.create(at: path)
        }
        let signals = InterruptFlag()
        let recorder = try RunRecorder(
            layout: RunLayout(scenario),
            folder: folder,
            selection: options.selection,
            definition: scenario.explanation
        )
        var closing = RunClosing(
            edges: [],
            expectations: scenario.expectations,
            host: .current(engine: prepared.engine?.version),
            profile: scenario.clock == .virtual ? prepared.profileDescription : nil
        )
        var disagreements: [String] = []
        var interruption: Interruption?
        do {
            let (outcomes, plan) = try prepared.outcomes(options) { signals.signal }
            closing.allSamples = outcomes.summaries
            // With all outcomes in the cache nothing has looked for one.
            if let signal = signals.signal { throw RuntimeError.interrupted(signal: signal) }
            switch scenario.clock {
            case .virtual:
                let end = try VirtualRun(
                    scenario: scenario,
                    outcomes: outcomes,
                    serviceTimes: try prepared.serviceTimes(),
                    recordedTimes: replay?.times,
                    isQuiet: options.isQuiet
                ).execute(recorder: recorder, isInterrupted: { signals.signal })
                closing.edges = end.edges
                closing.abandonedNanojoules = end.abandonedNanojoules
                closing.replay = end.replayCounts.flatMap { replay?.summary($0) }
                closing.stopped = end.stopped
                interruption = end.interruption
            case .wall:
                let result = try WallRun(
                    scenario: scenario,
                    plan: plan,
                    outcomes: outcomes,
                    workers: options.workers,
                    isQuiet: options.isQuiet
                ).execute(recorder: recorder)
                closing.edges = result.edges
                closing.abandonedNanojoules = result.abandonedNanojoules
                closing.dilation = result.dilation
                closing.pacing = result.pacing
                closing.stopped = result.stopped
                closing.invalidReasons += result.invalidReasons
                disagreements = result.disagreements
                interruption = result.interruption
            }
        } catch RuntimeError.interrupted(let signal) {
            // Before the run itself.
            interruption = Interruption(signal: signal, time: .start)
        }
        if let interruption {
            closing.interrupted = interruption.time
            closing.invalidReasons.append("The run was interrupted.")
        }
        let summary = try recorder.finish(closing)
        return Result(
            summary: summary,
            files: try write(summary, to: folder),
            disagreements: disagreements,
            signal: interruption?.signal
        )
    }

    /// Checks what only shows beyond the scenario file: the network, the profile, the expectations.
    ///
    /// - Throws: `InvalidInput`.
    package static func check(_ scenario: Scenario) throws {
        try checkExpectations(scenario)
        if scenario.clock == .wall { _ = try WallRun.dilation(for: scenario) }
        _ = try PreparedRun(scenario)
    }

    private static func checkExpectations(_ scenario: Scenario) throws(InvalidInput) {
        let known = KnownPaths(layout: RunLayout(scenario))
        let unknown = scenario.expectations.filter { !known.isKnown($0.path) }
        guard unknown.isEmpty else {
            throw InvalidInput(
                unknown.map { expectation in
                    let closest = Suggestion.closest(to: expectation.path, among: known.all)
                    let remedy =
                        closest ?? "a path such as latency.p99, accuracy or requests.failed"
                    return "\(expectation.place): expect: the summary has no figure "
                        + "\(expectation.path); write \(remedy)"
                }
            )
        }
    }

    private func write(_ summary: Summary, to folder: OutputFolder?) throws -> [OutputFolder.File] {
        guard let folder else { return [] }
        try folder.write(summary.json, to: .summary)
        guard !summary.expectations.isEmpty else { return [.summary, .database] }
        try folder.write(JUnitReport(summary).xml, to: .junit)
        return [.summary, .database, .junit]
    }
}

extension OutcomeTable {
    /// By operating point; none for synthetic work.
    fileprivate var summaries: [AllSamplesSummary?] {
        guard !labels.isEmpty else { return [] }
        return outcomes.indices.map { index in
            guard !outcomes[index].isEmpty else { return nil }
            let facts = facts(of: index)
            return AllSamplesSummary(
                meanBytes: facts.meanPayloadBytes,
                accuracy: facts.accuracy
            )
        }
    }
}
