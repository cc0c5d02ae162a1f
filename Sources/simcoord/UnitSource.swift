import ArgumentParser
import Bottleneck
import Foundation
import Graph
import Hashing
import ImageCodecs
import Runtime
import Scenario
import SimulationCore

/// The network, its input and the images that a unit is made with, out of options or a scenario.
struct UnitSource: ParsableArguments {
    @Option(help: "The network, an ONNX file.", completion: .file(extensions: ["onnx"]))
    var model: String?

    @Option(help: "A folder of JPEG and PNG images.", completion: .directory)
    var images: String?

    @Option(help: "A CSV file with the columns file and class_index.")
    var labels: String?

    @Option(help: "How images reach the input's size: none, squash or crop; by default crop.")
    var resize: ImageResizing?

    @Option(help: "What is taken off pixels of 0 to 255; by default 127.")
    var mean: Double?

    @Option(help: "What the difference is divided by; by default 128.")
    var scale: Double?

    @Option(help: "A scenario instead: its network, its input, its calibration samples.")
    var scenario: String?

    @Option(name: .customLong("set"), help: "Set a value of the scenario.")
    var settings: [String] = []

    /// The files that are read, as they are named.
    var files: [String] { [model, labels, scenario].compactMap(\.self) }

    struct Loaded {
        var network: Network
        var reference: BottleneckBundle.NetworkReference
        var input: ImageInput
        var images: ImageSet
    }

    /// Reads network and images.
    func load() throws -> Loaded {
        if let scenario {
            let source = try ImportRun(scenario: scenario, settings: settings)
            return try Loaded(
                URL(filePath: source.workload.onnx),
                input: { _ in source.workload.input },
                ImageSet(source.calibration, input: source.workload.input)
            )
        }
        guard let model, let images else {
            throw InvalidInput("give --model and --images, or --scenario")
        }
        return try Loaded(
            URL(filePath: model),
            input: { network in
                let shape = try network.inputType(batch: 1).shape
                guard shape.count == 4, [1, 3].contains(shape[1]) else {
                    throw InvalidInput(
                        "\(model): its input \(shape) is no image; give a network that reads "
                            + "batch × channels × height × width"
                    )
                }
                return ImageInput(
                    height: shape[2],
                    width: shape[3],
                    channels: shape[1],
                    mean: mean ?? 127,
                    scale: scale ?? 128,
                    resizing: resize ?? .crop
                )
            },
            ImageSet(folder: images, labels: labels)
        )
    }

    func validate() throws {
        guard mean?.isFinite ?? true, scale.map({ $0 > 0 && $0.isFinite }) ?? true else {
            throw ValidationError("--mean is a finite number, and --scale a positive one")
        }
        let folder: [Any?] = [model, images, labels, resize, mean, scale]
        guard scenario == nil || folder.allSatisfy({ $0 == nil }) else {
            throw ValidationError(
                "give --scenario, or --model and --images: the scenario says how images become input"
            )
        }
        guard scenario != nil || settings.isEmpty else {
            throw ValidationError("--set changes a scenario; name one with --scenario")
        }
    }
}

extension UnitSource.Loaded {
    init(
        _ file: URL,
        input: (Network) throws -> ImageInput,
        _ images: @autoclosure () throws -> ImageSet
    ) throws {
        (network, reference) = try Network.referenced(file)
        self.input = try input(network)
        self.images = try images()
    }
}

extension ImageResizing: ExpressibleByArgument {}

extension Network {
    /// Reads a network, and what bundles know it by.
    static func referenced(
        _ file: URL
    ) throws -> (network: Network, reference: BottleneckBundle.NetworkReference) {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: file)
        } catch {
            throw InvalidInput("\(file.path): it cannot be read; name an ONNX file")
        }
        return (
            try Network(bytes: bytes, name: file.path),
            .init(
                name: file.lastPathComponent,
                sha256: SHA256.hash(data: bytes).hexadecimal
            )
        )
    }
}
