import ArgumentParser
import Cluster
import Foundation
import Inference
import Runtime
import Scenario

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

    @Flag(
        help:
            "Measure while the scenario runs under the wall clock, as long as its duration says; what its policies choose too rarely is measured afterwards, back to back."
    )
    var live = false

    @Flag(help: "Print nothing but errors.")
    var quiet = false

    func validate() throws {
        let least = ProfileRun.Options.leastRepetitions
        if !(least...100_000).contains(repetitions) {
            throw ValidationError(
                "--repetitions takes a number from \(least) to 100000, not \(repetitions)."
            )
        }
        if live, repetitions != least {
            throw ValidationError(
                "--live measures as often as requests come; leave --repetitions out."
            )
        }
    }

    func run() throws {
        try Destination.check(file: out, sources: [source.scenario])
        let profile = try live ? measureLive() : measure()
        try profile.save(path: out)
        if !quiet { print("\(out): \(profile.measurements.count) measurements") }
    }

    private func measure() throws -> ServiceProfile {
        var options = ProfileRun.Options(command: command + " --repetitions \(repetitions)")
        options.repetitions = repetitions
        options.isQuiet = quiet
        return try ProfileRun(load([]), engine: InferenceEngine(), options: options).measure()
    }

    private func measureLive() throws -> ServiceProfile {
        let result = try LiveProfileRun(
            load(["clock=wall"]),
            command: command + " --live",
            options: ScenarioRun.Options(folder: nil, isQuiet: quiet)
        ).measure()
        if !quiet { result.notes.forEach { print($0) } }
        return result.profile
    }

    /// The scenario may name the very profile that is to be measured; a file that is there takes its
    /// place while the scenario is read.
    private func load(_ overrides: [String]) throws -> Scenario {
        do {
            return try source.load(overrides: overrides)
        } catch let problems {
            let file = URL(fileURLWithPath: source.scenario).standardizedFileURL.path
            let profile = "profile=\(file)"
            do {
                return try source.load(overrides: [profile] + overrides)
            } catch let others as ScenarioProblems where others.isDue(to: [profile]) {
                // Synthetic work, of which there is nothing to measure, may name none.
                throw problems
            }
        }
    }

    /// What is typed to measure this again.
    private var command: String {
        (["simcoord", "profile", source.scenario, "--out", out]
            + source.settings.flatMap { ["--set", $0] })
            .map(Self.word).joined(separator: " ")
    }

    /// A word as a shell reads it.
    private static func word(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
                || UInt8(ascii: "-")...UInt8(ascii: "9") ~= byte
                || "_=:@%+,".utf8.contains(byte)
        }
        return isPlain && !text.isEmpty
            ? text : "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'"
    }
}
