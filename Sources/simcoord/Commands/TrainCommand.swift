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

    @Option(help: "Stride of the convolutions of the other kinds: 1, 2 or 4; by default 1.")
    var stride: Int?

    @Option(
        help:
            "How often training goes through the samples: by default 0, without training, for a spectral unit, and 1 for a convolutional one; the reference trains until it stalls."
    )
    var epochs: Int?

    @Option(help: "Seed of the views and projections.")
    var seed: UInt64 = 1

    func run() throws {
        var options = UnitDesign.Options()
        options.seed = seed
        options.method = try method
        try Destination.check(file: path(0), sources: source.files)
        let loaded = try source.load()
        let count = loaded.images.count
        let heldOut = holdOut ?? min(300, count * 3 / 10)
        guard (0..<count).contains(heldOut) else {
            throw InvalidInput("--hold-out: there are \(count) images, and some have to remain")
        }
        let parts = HoldOut(heldOut, of: count)
        let engine = try InferenceEngine()
        let images = loaded.images.subset(parts.design)
        let (tensor, verdict) = try chosenSplit(loaded, images, engine)
        let design = try UnitDesign(
            network: loaded.network,
            reference: loaded.reference,
            tensor: tensor,
            input: loaded.input,
            engine: engine,
            options: options
        )
        var texts: [String] = []
        defer { for text in texts { print(text) } }
        let bundles = try ProgressLine.showing("training") { progress in
            try design.bundles(
                images: images,
                heldOut: heldOut == 0 ? nil : loaded.images.subset(parts.evaluation),
                progress: progress
            ) { made throws(BottleneckError) in
                var bundle = made
                bundle.design.heldOut = heldOut
                try bundle.write(to: URL(filePath: path(texts.count)))
                texts.append(BundleText.render(bundle, bytes: try bundle.serialized()))
            }
        }
        let rows = bundles.compactMap(\.evaluation).flatMap(\.rows)
        if let text = verdict?.text(rows) { texts.append("\n" + text) }
    }

    /// Where bundle `index` is written: `out`, with a number before its ending where there are several.
    private func path(_ index: Int) -> String {
        guard kind == .reference else { return out }
        let file = URL(filePath: out)
        let name = file.deletingPathExtension().lastPathComponent + "-\(index)"
        return file.deletingLastPathComponent().appending(path: name)
            .appendingPathExtension(file.pathExtension).path
    }

    private var method: UnitDesign.Method {
        get throws {
            switch kind {
            case .spectral: return .spectral(epochs: epochs ?? 0)
            case .convolutional: return .convolutional(stride: stride ?? 1, epochs: epochs ?? 1)
            case .reference: return .reference(stride: stride ?? 1)
            case .external:
                throw ValidationError(
                    "--kind: units from elsewhere come in by simcoord import-unit"
                )
            }
        }
    }

    func validate() throws {
        _ = try method
        guard [nil, 1, 2, 4].contains(stride) else { throw ValidationError("--stride: 1, 2 or 4") }
        guard kind != .spectral || stride == nil else {
            throw ValidationError(
                "--stride: a spectral unit has no convolutions; leave it out, or choose another --kind"
            )
        }
        guard kind != .reference || epochs == nil else {
            throw ValidationError(
                "--epochs: the reference trains until it stalls; leave it out, or choose another --kind"
            )
        }
        guard epochs.map(UnitDesign.epochs.contains) ?? true else {
            throw ValidationError(
                "--epochs: from \(UnitDesign.epochs.lowerBound) to \(UnitDesign.epochs.upperBound)"
            )
        }
        guard search || !budget.isGiven else {
            throw ValidationError("budgets, speeds and --divergence are for --search; add it")
        }
    }

    /// The split point that was named, or that a search finds, with what will judge the finding.
    private func chosenSplit(
        _ loaded: UnitSource.Loaded,
        _ images: ImageSet,
        _ engine: InferenceEngine
    ) throws -> (tensor: String, verdict: SearchVerdict?) {
        guard search else {
            guard let split else { throw InvalidInput("give --split TENSOR, or --search") }
            return (split, nil)
        }
        guard split == nil else { throw InvalidInput("give --split or --search, not both") }
        let budget = try budget.budget
        let divergence = self.budget.targetDivergence
        let search = SplitSearch(
            network: loaded.network,
            input: loaded.input,
            engine: engine,
            divergence: divergence
        )
        let candidates = try ProgressLine.showing("searching") { progress in
            try search.candidates(on: images, progress: progress)
        }
        let choice = SplitSearch.choice(of: candidates, within: budget)
        print(
            SearchTable.text(
                candidates,
                budget: budget,
                choice: choice,
                divergence: divergence
            )
        )
        guard let choice else {
            throw InvalidInput("no split point keeps the budget; widen it")
        }
        print("")
        return (
            choice.point.tensor,
            SearchVerdict(budget: budget, choice: choice, divergence: divergence)
        )
    }
}

extension BottleneckUnit.Kind: ExpressibleByArgument {}
