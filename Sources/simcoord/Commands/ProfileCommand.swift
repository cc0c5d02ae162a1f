import ArgumentParser
import Cluster
import Foundation
import Inference
import Runtime
import Scenario
import SimulationCore

/// `simcoord profile SCENARIO --out FILE`.
struct ProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Measures a service-time profile of a scenario's stages on this host."
    )

    @OptionGroup var source: ScenarioOptions

    @Option(help: "Where the profile goes.")
    var out: String

    @Option(help: "Samples of each stage, codec and batch size; at least 200.")
    var repetitions = ProfileRun.Options.leastRepetitions

    @Option(help: "Rest before each repetition, such as 20ms, as between requests of a wall run.")
    var pause: String?

    @Flag(help: "Print nothing but errors.")
    var quiet = false

    func validate() throws {
        let least = ProfileRun.Options.leastRepetitions
        if !(least...100_000).contains(repetitions) {
            throw ValidationError(
                "--repetitions takes a number from \(least) to 100000, not \(repetitions)."
            )
        }
        if let pause, SimulationDuration(text: pause).map({ $0 <= .seconds(10) }) != true {
            throw ValidationError("--pause takes a duration of at most 10s, such as 20ms.")
        }
    }

    func run() throws {
        let profile = try ProfileRun(load(), engine: InferenceEngine(), options: options).measure()
        try profile.save(path: out)
        if !quiet { print("\(out): \(profile.measurements.count) measurements") }
    }

    /// The scenario may name the very profile that is to be measured; a file that is there takes its
    /// place while the scenario is read.
    private func load() throws -> Scenario {
        let file = URL(fileURLWithPath: source.scenario).standardizedFileURL.path
        return try source.load(overrides: ["profile=\(file)"])
    }

    private var options: ProfileRun.Options {
        var options = ProfileRun.Options(
            command: (["simcoord profile", source.scenario, "--out", out, "--repetitions"]
                + ["\(repetitions)"] + (pause.map { ["--pause", $0] } ?? [])
                + source.settings.flatMap { ["--set", $0] })
                .joined(separator: " ")
        )
        options.repetitions = repetitions
        options.isQuiet = quiet
        options.pause = pause.flatMap(SimulationDuration.init(text:)) ?? .zero
        return options
    }
}
