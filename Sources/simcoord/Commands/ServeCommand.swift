import ArgumentParser
import Foundation
import Runtime
import Scenario

/// `simcoord serve SCENARIO`.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs a scenario's edge site for devices outside simcoord, until interrupted.",
        discussion: "Prints the endpoint to connect to; wire.proto says how to join as a device."
    )

    @OptionGroup var source: ScenarioOptions

    @Option(help: "Folder where outcomes of real inference are kept between runs.")
    var cache: String?

    func run() throws {
        let scenario = try source.load(overrides: ["clock=wall"])
        var options = ScenarioRun.Options(folder: nil)
        if let cache { options.cache = OutcomeCache(folder: URL(filePath: cache)) }
        try ServeRun(scenario, options: options).execute { endpoint in
            print(endpoint)
            fflush(nil)
        }
    }
}
