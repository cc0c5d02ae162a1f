package import FoundationEssentials
package import Messaging
package import Scenario

/// A scenario as a worker receives it.
package enum WorkerScenario {
    /// What tells a worker which scenario to run.
    package static func configuration(
        _ scenario: Scenario,
        attachment: Data = Data()
    ) throws(InvalidInput) -> WireConfiguration {
        guard let source = scenario.source else {
            throw InvalidInput("the scenario was not read from a file, so workers cannot read it")
        }
        var configuration = WireConfiguration()
        configuration.scenarioText = source.text
        configuration.scenarioPath = source.file
        configuration.baseDirectory = source.baseDirectory
        configuration.overrides = source.overrides
        configuration.attachment = attachment
        return configuration
    }

    /// - Throws: `ScenarioProblems` when a file has changed since the coordinator read it.
    package static func load(_ configuration: WireConfiguration) throws -> Scenario {
        try ScenarioLoader.load(
            source: ScenarioSource(
                file: configuration.scenarioPath,
                text: configuration.scenarioText,
                baseDirectory: configuration.baseDirectory,
                overrides: configuration.overrides
            )
        )
    }
}
