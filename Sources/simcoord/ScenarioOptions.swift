import ArgumentParser
import Scenario

/// The scenario file and what the command line changes in it.
struct ScenarioOptions: ParsableArguments {
    @Argument(help: "The scenario file.", completion: .file(extensions: ["json", "json5"]))
    var scenario: String

    @Option(name: .customLong("set"), help: "Set a value, such as devices.phones.count=3.")
    var settings: [String] = []

    /// Reads and checks the scenario; `overrides` are further settings, which win.
    func load(overrides: [String] = []) throws -> Scenario {
        try ScenarioLoader.load(path: scenario, overrides: settings + overrides)
    }
}
