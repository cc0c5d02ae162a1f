import ArgumentParser
import Foundation
import Results
import Runtime
import Scenario

/// `simcoord [run] SCENARIO`.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs a scenario and reports what the clients saw."
    )

    @OptionGroup var source: ScenarioOptions

    @Option(help: "virtual (simulated time) or wall (real time, every request executed).")
    var clock: Scenario.Clock?

    @Option(help: "Seed of every random draw.")
    var seed: UInt64?

    @Option(help: "Worker processes of each kind; by default one for each processor.")
    var workers: Int?

    @Option(help: "Folder for the results; by default runs/NAME-CLOCK.")
    var out: String?

    @Option(
        help: ArgumentHelp(
            "Which requests get a row in results.sqlite: all, none, or a sample (=0.01, the fraction).",
            valueName: "all|none|sample[=FRACTION]"
        )
    )
    var record: RecordSelection = .all

    @Option(help: "Folder where outcomes of real inference are kept between runs.")
    var cache: String?

    @Option(help: "Folder of a wall run of the scenario whose measured durations to take.")
    var replay: String?

    @Flag(help: "Print summary.json instead of the report.")
    var json = false

    @Flag(help: "Print nothing but errors.")
    var quiet = false

    func validate() throws {
        if let workers, !(1...256).contains(workers) {
            throw ValidationError("--workers takes a number from 1 to 256, not \(workers).")
        }
        guard cache?.isEmpty != true else {
            throw ValidationError("--cache: the path is empty; name a folder, or leave it out")
        }
        guard replay?.isEmpty != true else {
            throw ValidationError("--replay: the path is empty; name a wall run's folder")
        }
    }

    func run() throws {
        let start = ContinuousClock.now
        let scenario = try source.load(overrides: overrides)
        let folder = out ?? "runs/\(scenario.name)-\(scenario.clock.rawValue)"
        try Destination.check(named: folder)
        let result = try ScenarioRun(scenario, options: options(folder)).execute()
        let elapsed = (ContinuousClock.now - start) / Duration.seconds(1)
        if json {
            print(result.summary.json, terminator: "")
        } else if !quiet {
            printReport(result, folder: folder, elapsed: elapsed)
        }
        if let signal = result.signal { throw InterruptedRun(signal: signal, folder: folder) }
        if !result.summary.validity.valid { throw Exit.invalidRun }
        if !result.summary.meetsExpectations { throw Exit.expectationFailed }
    }

    private func printReport(_ result: ScenarioRun.Result, folder: String, elapsed: Double) {
        let report = TerminalReport(
            result.summary,
            folder: folder,
            files: result.files,
            elapsed: elapsed,
            isColoured: isatty(STDOUT_FILENO) == 1
        )
        print(report.text, terminator: "")
        let hasRequests = result.summary.traffic.requests.issued > 0
        if hasRequests, result.summary.clock == Scenario.Clock.wall.rawValue {
            printAgreement(result.disagreements)
        }
    }

    /// Whether every request yielded what the outcome table says; each that did not is listed.
    private func printAgreement(_ disagreements: [String]) {
        guard !disagreements.isEmpty else {
            return print("\nPayload and prediction of every request are the outcome table's.")
        }
        print("\nNot what the outcome table says:")
        for disagreement in disagreements { print("  " + disagreement) }
    }

    private var overrides: [String] {
        [clock.map { "clock=\($0.rawValue)" }, seed.map { "seed=\($0)" }].compactMap(\.self)
    }

    private func options(_ folder: String) -> ScenarioRun.Options {
        var options = ScenarioRun.Options(folder: folder, selection: record, isQuiet: quiet || json)
        options.replay = replay
        if let workers { options.workers = workers }
        if let cache { options.cache = OutcomeCache(folder: URL(filePath: cache)) }
        return options
    }
}

extension Scenario.Clock: ExpressibleByArgument {}
extension RecordSelection: ExpressibleByArgument {
    /// Reads what follows `--record`.
    public init?(argument: String) { self.init(argument) }

    /// The default as the help states it.
    public var defaultValueDescription: String { text }
}
