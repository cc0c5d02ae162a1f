import Coding
import Graph
import GraphTestSupport
import ImageCodecs

@testable import Bottleneck

/// A small network, and a unit for its tensor `cut` of shape [3, 4, 4].
struct BundleFixture {
    let network: Network
    let bundle: BottleneckBundle

    init() throws {
        var builder = NetworkBuilder(input: [0, 2, 6, 6])
        builder.constant("kernel", [3, 2, 3, 3])
        builder.node("Conv", ["x", "kernel"], "cut")
        builder.node("Relu", ["cut"], "late")
        builder.node("GlobalAveragePool", ["late"], "pool")
        builder.node("Flatten", ["pool"], "logits")
        network = try builder.network(output: "logits").withRandomWeights(seed: 3)
        bundle = BottleneckBundle(
            network: .init(name: "net.onnx", sha256: String(repeating: "ab", count: 32)),
            input: .init(height: 6, width: 6, channels: 1, mean: 127, scale: 128),
            tensor: "cut",
            shape: [3, 4, 4],
            unit: BottleneckUnit(
                kind: .external,
                encoder: try Self.layer(from: 3, to: 2, seed: 5).serialized(),
                decoder: try Self.layer(from: 2, to: 3, seed: 6).serialized(),
                latentModel: try Self.latentModel,
                levels: [.init(name: "0", steps: [2, 3]), .init(name: "1", steps: [0.1, 0.7])]
            ),
            design: DesignRecord(
                data: "images/",
                samples: 700,
                views: 6,
                seed: 7,
                options: ["bands": "8", "epochs": "0"],
                versions: ["openvino": "2026.4.1", "simcoord": "1"],
                seconds: 41.5
            ),
            evaluation: UnitEvaluation(
                data: "images/",
                images: 300,
                rows: [
                    .init(level: 0, bytes: 812.25, divergence: 0.04, agreement: 0.93, top1: 0.86),
                    .init(level: 1, bytes: 1620, divergence: 0.01, agreement: 0.97, top1: nil),
                ],
                encoder: .init(multiplyAccumulates: 96, parameters: 6, bytes: 200),
                decoder: .init(multiplyAccumulates: 96, parameters: 6, bytes: 200),
                latentModelBytes: 3
            )
        )
    }

    /// Of two channels with 4 × 4 positions.
    private static var latentModel: LatentModel {
        get throws {
            let group = [UInt8](repeating: 0, count: 16)
            return try LatentModel(
                channels: 2,
                group: group,
                scaleIndices: [0, 8],
                family: .generalizedGaussian(count: 40),
                order: LatentOrder(nesting: .channelsOuter, channels: 2, group: group)
            )
        }
    }

    /// A convolution with kernels of 1 × 1.
    static func layer(from input: Int, to output: Int, seed: UInt64) throws -> Network {
        var builder = NetworkBuilder(input: [0, input, 4, 4])
        builder.constant("kernel", [output, input, 1, 1])
        builder.node("Conv", ["x", "kernel"], "latent")
        return try builder.network(output: "latent").withRandomWeights(seed: seed)
    }
}
