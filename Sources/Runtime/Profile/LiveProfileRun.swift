package import Cluster
import Inference
import Results
package import Scenario

/// Measures how long every stage takes while a scenario runs under the wall clock.
///
/// Beside sockets, timers and other processes, and at the pace of its requests, the same work takes longer
/// than when nothing else is done (`ProfileRun`). This is what a wall run of a like scenario will show.
package struct LiveProfileRun {
    package struct Result: Sendable {
        package var profile: ServiceProfile
        /// A sentence for each measurement that came up too rarely to be kept.
        package var leftOut: [String]
    }

    /// Samples that a worker keeps: as JSON, of at most eleven bytes each and as much for the idle time before it, they
    /// fit into one report.
    static let sampleBound = 700_000

    private let scenario: Scenario
    private let command: String
    private let options: ScenarioRun.Options

    /// - Parameters:
    ///   - scenario: Its clock is `wall`; the run's duration decides how many samples there are.
    ///   - command: What the profile says that measured it.
    ///   - options: Of the run, of which nothing is written.
    package init(_ scenario: Scenario, command: String, options: ScenarioRun.Options) {
        precondition(scenario.clock == .wall, "a live profile is measured under the wall clock")
        (self.scenario, self.command, self.options) = (scenario, command, options)
    }

    /// Runs the scenario and keeps every stage and batch size with samples enough.
    ///
    /// - Throws: `InvalidInput` for synthetic work, for a run that the host could not keep up with, or for
    ///   one that yields too few samples of what its policies may choose; else what the run throws.
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
        let least = ProfileRun.Options.leastRepetitions
        let profile = ServiceProfile(
            host: .current(engine),
            network: plan.networkDigest,
            command: command,
            measurements: result.measurements.filter { $0.nanoseconds.count >= least }
        )
        try check(profile)
        return Result(
            profile: profile,
            leftOut: result.measurements.filter { $0.nanoseconds.count < least }.map {
                "\($0.name) is left out: \($0.nanoseconds.count) samples are too few"
            }
        )
    }

    private func check(_ profile: ServiceProfile) throws(InvalidInput) {
        do {
            let none = [ServiceProfile?](repeating: nil, count: scenario.edges.count)
            _ = try ServiceTimes(profile: profile, edgeProfiles: none, scenario: scenario)
        } catch {
            throw InvalidInput(
                "in this run there were fewer than \(ProfileRun.Options.leastRepetitions) samples of "
                    + error.wanted.joined(separator: ", ")
                    + "; make `duration` longer, or have a policy choose them more often"
            )
        }
    }
}
