import ArgumentParser
import ImageCodecs
import Runtime
import Scenario

/// The command line; `run` is what happens when no subcommand is named.
@main struct Simcoord: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simcoord",
        abstract: "Simulates split computing on clusters of client devices and edge servers.",
        discussion: """
            Executes real split inference over replayed network traces, and reports throughput, \
            latency, accuracy and server load.

            Exit codes: 0 done and expectations met; 1 an expectation failed, or two runs disagree; \
            2 invalid input; 3 the run is not valid; 4 internal failure; 130 interrupted.
            """,
        subcommands: [
            RunCommand.self, ValidateCommand.self, ExplainCommand.self, SplitsCommand.self,
            CompareCommand.self, ProfileCommand.self, ServeCommand.self, EncodeCommand.self,
            UnitCommand.self, TrainCommand.self, EvaluateCommand.self, ImportUnitCommand.self,
            WorkerCommand.self,
        ],
        defaultSubcommand: RunCommand.self
    )

    static func main() {
        do {
            try checkCommand()
            var command = try parseAsRoot()
            try command.run()
            try StandardOutput.flush()
        } catch {
            Exit.end(with: error)
        }
    }

    /// A mistyped command would be taken for a scenario.
    private static func checkCommand() throws(InvalidInput) {
        guard let word = CommandLine.arguments.dropFirst().first, !word.hasPrefix("-"),
            FileStatus(ifThere: word) == nil
        else { return }
        let commands = configuration.subcommands.map { $0.configuration }
            .filter { $0.shouldDisplay }.compactMap { $0.commandName }
        guard !commands.contains(word),
            let closest = Suggestion.closest(to: word, among: commands)
        else { return }
        throw InvalidInput("there is neither a scenario nor a command \(word); write \(closest)")
    }
}
