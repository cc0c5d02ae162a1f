import ArgumentParser
import Foundation
import Results

/// `simcoord compare A B`.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Shows how far two runs agree, typically a virtual and a wall run."
    )

    @Argument(help: "The output folder of the first run.") var first: String
    @Argument(help: "The output folder of the second run.") var second: String
    @Flag(help: "Print JSON instead of the table.") var json = false

    func run() throws {
        let comparison = try RunComparison(
            first: OutputFolder(existing: first),
            second: OutputFolder(existing: second)
        )
        print(
            json ? comparison.json : comparison.text(isColoured: isatty(STDOUT_FILENO) == 1),
            terminator: ""
        )
    }
}
