import ArgumentParser
import Foundation
import Runtime

/// `simcoord encode SCENARIO`.
struct EncodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "encode",
        abstract: "Writes one sample's payload to a file, for a device of your own to send."
    )

    @OptionGroup var source: ScenarioOptions
    @Option(help: "The operating point, by its name in the scenario.") var point: String
    @Option(help: "The sample's number in the data set.") var sample: Int
    @Option(help: "The file to write.") var out: String

    func run() throws {
        try Destination.check(file: out, sources: [source.scenario])
        let options = ScenarioRun.Options(folder: nil, isQuiet: true)
        let result = try PayloadRun(try source.load(overrides: ["clock=wall"]), options: options)
            .execute(point: point, sample: sample)
        do {
            try Data(result.payload).write(to: URL(filePath: out), options: .atomic)
        } catch {
            throw InvalidInput(
                "--out: \(out) cannot be written; name a file in a folder that you may write to"
            )
        }
        let prediction = result.prediction.map(String.init) ?? "none"
        print("\(result.payload.count) bytes, prediction \(prediction), label \(result.label)")
    }
}
