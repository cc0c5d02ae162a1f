import ArgumentParser
import Bottleneck
import Foundation
import Inference

/// `simcoord train --model NET.onnx --split TENSOR --images DIR --out NET.bottleneck`.
struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Designs a bottleneck unit for a split point, and writes it as a bundle.",
        discussion: """
            Needs no labels: the unit is to keep what the network itself says. Some images are kept \
            out of the design, and the unit is evaluated on them.
            """
    )

    @OptionGroup var source: UnitSource

    @Option(help: "The split point's tensor; simcoord splits lists them.")
    var split: String

    @Option(help: "The bundle to write.")
    var out: String

    @Option(help: "How many images to keep out of the design; 300, or 3 in 10 of few.")
    var holdOut: Int?

    @Option(help: "Seed of the views and projections.")
    var seed: UInt64 = 1

    func run() throws {
        let loaded = try source.load()
        let count = loaded.images.count
        let heldOut = holdOut ?? min(300, count * 3 / 10)
        guard (0..<count).contains(heldOut) else {
            throw ValidationError("--hold-out: there are \(count) images, and some have to remain")
        }
        let parts = HoldOut(heldOut, of: count)
        var options = UnitDesign.Options()
        options.seed = seed
        let design = try UnitDesign(
            network: loaded.network,
            reference: loaded.reference,
            tensor: split,
            input: loaded.input,
            engine: InferenceEngine(),
            options: options
        )
        var bundle = try design.bundle(
            images: loaded.images.subset(parts.design),
            heldOut: heldOut == 0 ? nil : loaded.images.subset(parts.evaluation)
        )
        bundle.design.options["hold-out"] = "\(heldOut)"
        try bundle.write(to: URL(filePath: out))
        print(BundleText.render(bundle, bytes: try bundle.serialized()))
    }
}
