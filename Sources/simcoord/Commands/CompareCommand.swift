import ArgumentParser
import Foundation
import Results

/// `simcoord compare A B`.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Shows how far two runs agree, typically a virtual and a wall run.",
        discussion: """
            Differences are the second run's figure minus the first's. Means, medians, rates and \
            sizes agree within 2 %, the 90th and 99th percentile within 5 %, shares within 1 \
            point; 1 % and 2 % when one run replays the other. A stage is judged by what it does \
            to the latency. Exits with 0 if all agree, 1 if not, 3 if a run is not valid.
            """
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
        if !comparison.bothValid { throw Exit.invalidRun }
        if !comparison.agrees { throw Exit.comparisonFailed }
    }
}
