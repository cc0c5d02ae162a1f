import ArgumentParser
import Bottleneck
import Foundation
import Runtime

/// `simcoord import-unit UNIT.json --scenario SCENARIO --out FILE`.
struct ImportUnitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-unit",
        abstract: "Makes a bottleneck bundle of an encoder and a decoder in ONNX.",
        discussion: """
            UNIT.json names the tensor, the two graphs and the quantiser's steps of each level, coarsest \
            first: { "tensor": "NAME", "encoder": "PATH", "decoder": "PATH", "levels": [{ "step": 2 }, \
            { "step": 0.5 }] }. The entropy tables are fitted to the scenario's calibration samples.
            """
    )

    @Argument(help: "The unit's description.", completion: .file(extensions: ["json"]))
    var unit: String

    @Option(help: "The scenario that names the network, its input and the samples.")
    var scenario: String

    @Option(help: "The bundle to write.")
    var out: String

    func run() throws {
        try Destination.check(file: out, sources: [unit, scenario])
        let bundle = try ImportRun(scenario: scenario).execute(unit: unit)
        try bundle.write(to: URL(filePath: out))
        print(
            "\(out): \(bundle.unit.levels.count) levels at “\(bundle.tensor)”, fitted to "
                + "\(bundle.design.samples) samples"
        )
    }
}
