import ArgumentParser
import Bottleneck
import Foundation
import Graph
import Inference
import Runtime

/// `simcoord evaluate NET.bottleneck --images DIR --labels FILE --out DIR`.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measures bottleneck bundles beside JPEG, WebP and plain quantisation.",
        discussion: """
            Prints bytes per image against accuracy, agreement with the uncut network and \
            Kullback-Leibler divergence from it, and writes evaluation.json, points.csv and \
            evaluation.svg. The first bundle is the one that others are compared with.
            """
    )

    @Argument(help: "Bundles for one network.", completion: .file(extensions: ["bottleneck"]))
    var bundles: [String]

    @Option(help: "A folder of JPEG and PNG images.", completion: .directory)
    var images: String

    @Option(help: "A CSV file with the columns file and class_index; without, agreement counts.")
    var labels: String?

    @Option(help: "The network, if it does not lie beside the bundle.")
    var model: String?

    @Option(help: "A folder for the results.")
    var out: String?

    @Option(
        help:
            "Evaluate on this many of the images, those that simcoord train kept out; by default what the bundles note, if it is the same for all and the set's size is that of their design, else all."
    )
    var holdOut: Int?

    @Option(help: "Design spectral units anew for each of so many parts of the images.")
    var crossFit: Int?

    @Option(help: "A JSON file of published curves to draw as well.")
    var published: String?

    func run() throws {
        let candidates = try zip(bundles, Self.names(bundles)).map(Self.candidate)
        let reference = candidates[0].bundle.network
        if let other = candidates.first(where: {
            $0.bundle.network.sha256 != reference.sha256
                || $0.bundle.input != candidates[0].bundle.input
        }) {
            throw InvalidInput(
                "\(other.name): it is for \(other.bundle.network.name) or another input, not for "
                    + "\(reference.name) as the first bundle; evaluate it by itself"
            )
        }
        let network = try network(reference)
        let curves = try published.map(Self.curves)
        let set = try ImageSet(folder: images, labels: labels)
        let (evaluated, others) = try split(set, candidates)
        let folder = try out.map(Destination.folder)
        let run = try EvaluationRun(
            network: network,
            candidates: candidates,
            engine: InferenceEngine()
        )
        var evaluation = try ProgressLine.showing("evaluating") { progress in
            try run.evaluation(
                on: set.subset(evaluated),
                fittedTo: set.subset(others),
                published: curves ?? [],
                folds: crossFit,
                progress: progress
            )
        }
        evaluation.notes += candidates.compactMap { candidate in
            // A cross-fit designs spectral units anew, without the images that it measures on.
            guard crossFit == nil || candidate.bundle.unit.kind != .spectral else { return nil }
            return candidate.note(on: evaluated, of: set)
        }
        try report(EvaluationAnalysis(evaluation), folder)
    }

    /// What tables call the bundles: by their files' names, with the path where names are alike.
    private static func names(_ paths: [String]) -> [String] {
        let files = paths.map { URL(filePath: $0).deletingPathExtension() }
        let names = files.map(\.lastPathComponent)
        return zip(files, names).map { file, name in
            names.count { $0 == name } == 1 ? name : file.relativePath
        }
    }

    private static func candidate(
        _ path: String,
        name: String
    ) throws -> EvaluationRun.Candidate {
        let bytes = try BottleneckBundle.bytes(of: URL(filePath: path))
        return EvaluationRun.Candidate(
            name: name,
            bundle: try BottleneckBundle(bytes: bytes, name: path),
            bytes: bytes.count
        )
    }

    private static func curves(_ path: String) throws -> [CurveSummary] {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw InvalidInput("--published: \(path) cannot be read; name a JSON file of curves")
        }
        return try PublishedCurves.decode(data, file: path)
    }

    /// Places of the images to evaluate on, and of those that other methods are fitted to.
    private func split(
        _ set: ImageSet,
        _ candidates: [EvaluationRun.Candidate]
    ) throws -> ([Int], [Int]) {
        let all = Array(0..<set.count)
        if let crossFit {
            guard holdOut == nil, crossFit >= 2, crossFit <= set.count else {
                throw InvalidInput(
                    "--cross-fit takes 2 to \(set.count) parts of all images, one image each at least, "
                        + "without --hold-out"
                )
            }
            return (all, all)
        }
        let recorded = Set(candidates.map { $0.bundle.design.heldOut(of: set) })
        guard let holdOut = holdOut ?? (recorded.count == 1 ? recorded.first ?? nil : nil) else {
            return (all, all)
        }
        guard (1..<set.count).contains(holdOut) else {
            throw InvalidInput("--hold-out: there are \(set.count) images, and some remain")
        }
        let parts = HoldOut(holdOut, of: set.count)
        return (parts.evaluation, parts.design)
    }

    private func network(_ reference: BottleneckBundle.NetworkReference) throws -> Network {
        let beside = URL(filePath: bundles[0]).deletingLastPathComponent()
            .appending(path: reference.name)
        let file = model.map { URL(filePath: $0) } ?? beside
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw InvalidInput(
                "\(file.path): the network of the bundle is not there; name it with --model"
            )
        }
        let (network, found) = try Network.referenced(file)
        guard found.sha256 == reference.sha256 else {
            throw InvalidInput(
                "\(file.path): its SHA-256 is \(found.sha256), and the bundle is for "
                    + "\(reference.name) with \(reference.sha256); name that file with --model"
            )
        }
        return network
    }

    private func report(_ analysis: EvaluationAnalysis, _ folder: URL?) throws {
        print(EvaluationTable.text(analysis))
        guard let folder else { return }
        let evaluation = analysis.evaluation
        let figure = EvaluationPlot.svg(
            curves: analysis.summaries + evaluation.published,
            title: evaluation.title,
            subtitle: "\(evaluation.imageNames.count) images",
            uncutAccuracy: evaluation.uncutAccuracy
        )
        let files = [
            ("evaluation.json", try EvaluationExport.json(analysis)),
            ("points.csv", Data(EvaluationExport.csv(evaluation).utf8)),
            ("evaluation.svg", Data(figure.utf8)),
        ]
        print("")
        for (name, data) in files {
            let file = folder.appending(path: name)
            try data.write(to: file, options: .atomic)
            print("wrote \(file.path)")
        }
    }
}
