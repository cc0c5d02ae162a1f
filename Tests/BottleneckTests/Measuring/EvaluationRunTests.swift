import BottleneckTestSupport
import Coding
import Graph
import GraphTestSupport
import ImageCodecs
import TestSupport
import Testing

@testable import Bottleneck

@Suite struct EvaluationRunTests {
    /// Gray noise of `side` × `side`.
    private func images(_ count: Int, side: Int) -> ImageSet {
        ImageSet(title: "noise", names: (0..<count).map { "\($0)" }, labels: nil) { index in
            var generator = SeededGenerator(seed: UInt64(index))
            let values = generator.normals(side * side).map { min(max(100 + 40 * $0, 0), 255) }
            return PixelImage(
                width: side,
                height: side,
                channels: .gray,
                samples: values.map { UInt8($0) }
            )
        }
    }

    private func run(_ network: Network, _ bundle: BottleneckBundle) -> EvaluationRun {
        EvaluationRun(
            network: network,
            candidates: [.init(name: "unit", bundle: bundle, bytes: 1)],
            engine: TrainingFixture.engine
        )
    }

    @Test(arguments: ["encoder", "decoder", "entropy model"])
    func `a bundle whose parts do not fit each other is refused`(part: String) throws {
        let fixture = try BundleFixture()
        var bundle = fixture.bundle
        switch part {
        case "encoder":
            bundle.unit.encoder = try BundleFixture.layer(from: 4, to: 2, seed: 1).serialized()
        case "decoder":
            bundle.unit.decoder = try BundleFixture.layer(from: 2, to: 4, seed: 1).serialized()
        default:
            bundle.unit.encoder = try BundleFixture.layer(from: 3, to: 4, seed: 1).serialized()
            bundle.unit.decoder = try BundleFixture.layer(from: 4, to: 3, seed: 1).serialized()
        }
        let few = images(2, side: 6)
        let error = #expect(throws: BottleneckError.self) {
            try run(fixture.network, bundle).evaluation(on: few, fittedTo: few)
        }
        #expect(error?.subject.hasPrefix("unit") == true)
        #expect(error?.description.contains(part) == true)
    }

    @Test func `baselines that are fitted to evaluated images are noted`() throws {
        let run = run(try TrainingFixture.shipped(), try WaistUnit.bundle(networkBytes: []))
        let set = images(6, side: 28)
        let evaluated = set.subset([1, 3, 4])
        let shared = try run.evaluation(on: evaluated, fittedTo: set.subset([4, 0, 1]))
        #expect(
            shared.notes == [
                "2 of these 3 images are among those that the tensor's baselines are fitted to: "
                    + "on new images they may do worse"
            ]
        )
        let apart = try run.evaluation(on: evaluated, fittedTo: set.subset([0, 2, 5]))
        #expect(apart.notes.isEmpty)
        #expect(apart.curves.map(\.name).contains("plain KLT at waist"))
    }

    /// A flattened tensor of 4112 numbers, with a unit of two components.
    @Test func `a tensor too large for a plain transform goes without its curve`() throws {
        var builder = NetworkBuilder(input: [0, 1, 4, 4])
        builder.constant("kernel", [257, 1, 1, 1])
        builder.constant("weights", [4112, 3])
        builder.node("Conv", ["x", "kernel"], "planes")
        builder.node("Flatten", ["planes"], "flat")
        builder.node("MatMul", ["flat", "weights"], "logits")
        func product(_ rows: Int, _ columns: Int) throws -> [UInt8] {
            var builder = NetworkBuilder(input: [0, rows])
            builder.constant("matrix", [rows, columns])
            builder.node("MatMul", ["x", "matrix"], "y")
            return try builder.network(output: "y").withRandomWeights(seed: 1).serialized()
        }
        var bundle = try BundleFixture().bundle
        bundle.input = .init(height: 4, width: 4, channels: 1, mean: 127, scale: 128)
        (bundle.tensor, bundle.shape) = ("flat", [4112])
        bundle.unit.encoder = try product(4112, 2)
        bundle.unit.decoder = try product(2, 4112)
        bundle.unit.latentModel = try .fitted(
            latents: [[1, 2]],
            channels: 2,
            levels: bundle.unit.levels.map(\.latentLevel)
        )
        let network = try builder.network(output: "logits").withRandomWeights(seed: 2)
        let set = images(4, side: 4)
        let evaluation = try run(network, bundle).evaluation(
            on: set.subset([0, 1]),
            fittedTo: set.subset([2, 3])
        )
        #expect(
            evaluation.curves.map(\.name) == [
                "unit", "quantised flat", "JPEG of the input", "WebP of the input",
            ]
        )
        #expect(
            evaluation.notes == [
                "there is no plain KLT at flat: a latent of [4112] cannot be coded"
            ]
        )
    }
}
