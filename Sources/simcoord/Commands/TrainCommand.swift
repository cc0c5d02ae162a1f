import ArgumentParser
import Bottleneck
import Foundation
import Graph
import Inference
import Runtime

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
    var split: String?

    @Flag(help: "Look for a split point within a budget instead, and say what was considered.")
    var search = false

    @OptionGroup var budget: SearchOptions

    @Option(help: "The bundle to write.")
    var out: String

    @Option(help: "How many images to keep out of the design; 300, or 3 in 10 of few.")
    var holdOut: Int?

    @Option(
        help:
            "The unit's kind: spectral, convolutional, or reference, which makes one for each rate."
    )
    var kind = BottleneckUnit.Kind.spectral

    @Option(help: "Stride of the convolutions of the other kinds: 1, 2 or 4.")
    var stride = 1

    @Option(help: "How often training goes through the samples; 0 for a unit without training.")
    var epochs = 0

    @Option(help: "Seed of the views and projections.")
    var seed: UInt64 = 1

    func run() throws {
        let loaded = try source.load()
        let count = loaded.images.count
        guard epochs >= 0 else { throw ValidationError("--epochs: it is 0 or more") }
        let heldOut = holdOut ?? min(300, count * 3 / 10)
        guard (0..<count).contains(heldOut) else {
            throw ValidationError("--hold-out: there are \(count) images, and some have to remain")
        }
        let parts = HoldOut(heldOut, of: count)
        let engine = try InferenceEngine()
        let images = loaded.images.subset(parts.design)
        let tensor = try tensor(loaded, images, engine)
        var options = UnitDesign.Options()
        options.seed = seed
        options.epochs = epochs
        options.kind = kind
        options.stride = stride
        let design = try UnitDesign(
            network: loaded.network,
            reference: loaded.reference,
            tensor: tensor,
            input: loaded.input,
            engine: engine,
            options: options
        )
        let progress = ProgressLine()
        let bundles = try design.bundles(
            images: images,
            heldOut: heldOut == 0 ? nil : loaded.images.subset(parts.evaluation)
        ) { progress.show("training", $0) }
        progress.end()
        for (index, var bundle) in bundles.enumerated() {
            bundle.design.options["hold-out"] = "\(heldOut)"
            let file = URL(filePath: bundles.count == 1 ? out : numbered(index))
            try bundle.write(to: file)
            print(BundleText.render(bundle, bytes: try bundle.serialized()))
        }
    }

    /// `out` with a number before its ending.
    private func numbered(_ index: Int) -> String {
        let file = URL(filePath: out)
        let name = file.deletingPathExtension().lastPathComponent + "-\(index)"
        return file.deletingLastPathComponent().appending(path: name)
            .appendingPathExtension(file.pathExtension).path
    }

    func validate() throws {
        guard [1, 2, 4].contains(stride) else { throw ValidationError("--stride: 1, 2 or 4") }
        guard kind != .external else {
            throw ValidationError("--kind: units from elsewhere come in by simcoord import-unit")
        }
    }

    /// The split point that was named, or that a search finds.
    private func tensor(
        _ loaded: UnitSource.Loaded,
        _ images: ImageSet,
        _ engine: InferenceEngine
    ) throws -> String {
        guard search else {
            guard let split else { throw ValidationError("give --split TENSOR, or --search") }
            return split
        }
        guard split == nil else { throw ValidationError("give --split or --search, not both") }
        let budget = try budget.budget
        let progress = ProgressLine()
        let candidates = try SplitSearch(
            network: loaded.network,
            input: loaded.input,
            engine: engine,
            divergence: self.budget.divergence
        ).candidates(on: images) { progress.show("searching", $0) }
        progress.end()
        let choice = SplitSearch.choice(of: candidates, within: budget)
        print(
            SearchTable.text(
                candidates,
                budget: budget,
                choice: choice,
                divergence: self.budget.divergence
            )
        )
        guard let choice else {
            throw InvalidInput("no split point keeps the budget; widen it")
        }
        print("")
        return choice.point.tensor
    }
}

extension BottleneckUnit.Kind: ExpressibleByArgument {}
