package import Cluster
import Inference
import Results
package import Scenario

/// Measures how long every stage takes while a scenario runs under the wall clock.
///
/// Beside sockets, timers and other processes, and at the pace of its requests, the same work takes longer
/// than when nothing else is done (`ProfileRun`). This is what a wall run of a like scenario will show.
/// What its policies may choose and chose too rarely is measured afterwards, as by `ProfileRun`.
package struct LiveProfileRun {
    package struct Result: Sendable {
        package var profile: ServiceProfile
        /// A sentence for each measurement that came up too rarely, and what has become of it.
        package var notes: [String]
    }

    /// Samples that a worker keeps: as JSON, of at most eleven bytes each, as much for the idle time before it and
    /// fifteen for when it was taken, they fit into one report.
    static let sampleBound = 450_000

    private var scenario: Scenario
    private let command: String
    private let options: ScenarioRun.Options

    /// - Parameters:
    ///   - scenario: Its clock is `wall`; the run's duration decides how many samples there are.
    ///   - command: What the profile says that measured it.
    ///   - options: Of the run, of which nothing is written.
    package init(_ scenario: Scenario, command: String, options: ScenarioRun.Options) {
        precondition(scenario.clock == .wall, "a live profile is measured under the wall clock")
        (self.scenario, self.command, self.options) = (scenario, command, options)
        // Samples are told to be of the whole duration, whose end the precision must not bring forward.
        self.scenario.precision = nil
    }

    /// Runs the scenario, keeps every stage and batch size with samples enough, and measures back to back what
    /// the scenario needs beside those.
    ///
    /// - Throws: `InvalidInput` for synthetic work, for a run that the host could not keep up with, or for
    ///   one that yields too few samples of everything; else what the run or the measuring throws.
    package func measure() throws -> Result {
        guard case .network = scenario.workload else { throw ProfileRun.syntheticWork }
        let prepared = try PreparedRun(scenario)
        let (outcomes, plan) = try prepared.outcomes(options)
        guard let plan, let engine = prepared.engine else {
            preconditionFailure("network work has a plan and an engine")
        }
        let run = try WallRun(
            scenario: scenario,
            plan: plan,
            outcomes: outcomes,
            workers: options.workers,
            isQuiet: options.isQuiet,
            measures: true
        )
        let measured = try measurements(of: run)
        let least = ProfileRun.Options.leastRepetitions
        let live = measured.filter { $0.nanoseconds.count >= least }
        guard !live.isEmpty else {
            throw InvalidInput(
                "in this run there were fewer than \(least) samples of every stage; make `duration` longer, "
                    + "or leave out --live"
            )
        }
        let extra = try backToBack(engine, beside: live)
        return Result(
            profile: ServiceProfile(
                host: .current(engine),
                network: plan.networkDigest,
                command: noted(extra),
                devicesPerProcessor: run.devicesPerHost,
                measurements: ServiceProfile.Stage.allCases.flatMap { stage in
                    (live + extra).filter { $0.stage == stage }
                }
            ),
            notes: notes(measured, extra)
        )
    }

    /// What the run measures of its stages.
    private func measurements(of run: WallRun) throws -> [ServiceProfile.Measurement] {
        let recorder = try RunRecorder(layout: RunLayout(scenario), folder: nil)
        let result = try run.execute(recorder: recorder)
        if let interruption = result.interruption {
            throw RuntimeError.interrupted(signal: interruption.signal)
        }
        guard result.invalidReasons.isEmpty else {
            throw InvalidInput(
                "the run was not valid and makes no profile: "
                    + result.invalidReasons.joined(separator: " ")
            )
        }
        return result.measurements
    }

    /// Measures what the scenario needs and `live` lacks; nothing of what is there.
    private func backToBack(
        _ engine: InferenceEngine,
        beside live: [ServiceProfile.Measurement]
    ) throws -> [ServiceProfile.Measurement] {
        let gaps = ProfileGaps(in: live, of: scenario)
        guard !gaps.isEmpty else { return [] }
        var options = ProfileRun.Options(command: command)
        options.isQuiet = self.options.isQuiet
        let names = Set(live.map(\.name))
        return try ProfileRun(scenario, engine: engine, options: options)
            .measure(where: gaps.includes)
            .measurements.filter { gaps.lacks($0.stage, $0.key) && !names.contains($0.name) }
    }

    /// The command, with what was not measured in the run as a shell's comment.
    private func noted(_ extra: [ServiceProfile.Measurement]) -> String {
        guard !extra.isEmpty else { return command }
        return command + " # back to back: " + extra.map(\.title).joined(separator: ", ")
    }

    /// What has become of each measurement that came up too rarely.
    private func notes(
        _ measured: [ServiceProfile.Measurement],
        _ extra: [ServiceProfile.Measurement]
    ) -> [String] {
        let counts = Dictionary(
            measured.map { ($0.name, $0.nanoseconds.count) },
            uniquingKeysWith: +
        )
        let repeated = Set(extra.map(\.name))
        let rare = measured.filter {
            $0.nanoseconds.count < ProfileRun.Options.leastRepetitions
                && !repeated.contains($0.name)
        }
        return extra.map {
            "\($0.name) is measured back to back: \(counts[$0.name, default: 0]) samples in the run "
                + "are too few"
        } + rare.map { "\($0.name) is left out: \($0.nanoseconds.count) samples are too few" }
    }
}
