import ArgumentParser
import Cluster
import Runtime
import Scenario

/// `simcoord validate SCENARIO`.
struct ValidateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Checks a scenario and lists every problem: file, line, path, what to write."
    )

    @OptionGroup var source: ScenarioOptions

    func run() throws {
        let scenario = try source.load()
        try ScenarioRun.check(scenario)
        let devices = scenario.deviceCount == 1 ? "1 device" : "\(scenario.deviceCount) devices"
        print("\(source.scenario) is valid: \(devices), seed \(scenario.seed)")
    }
}

/// `simcoord explain SCENARIO`.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Prints the resolved scenario as JSON, defaults filled in."
    )

    @OptionGroup var source: ScenarioOptions

    func run() throws { print(try source.load().explanation) }
}
