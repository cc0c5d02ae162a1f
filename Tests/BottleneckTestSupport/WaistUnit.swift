package import Bottleneck
import Coding
package import Graph
import GraphTestSupport
import Hashing
import ImageCodecs
import SimulationCore
import TestSupport

/// A unit for the shipped network's tensor `waist` of shape [8, 7, 7], whose graphs change nothing: what is
/// lost is lost to quantisation.
package enum WaistUnit {
    /// From the coarsest to the finest.
    package static let steps: [Float] = [4, 2, 1, 0.5, 0.25]

    /// The bundle for the network with these bytes.
    package static func bundle(
        networkBytes: some Sequence<UInt8>,
        tensor: String = "waist"
    ) throws -> BottleneckBundle {
        let levels = steps.enumerated().map {
            BottleneckUnit.Level(name: "\($0.offset)", steps: [$0.element])
        }
        var generator = SeededGenerator(seed: 1)
        let latents = (0..<20).map { _ in generator.normals(8 * 49).map { 2 * $0 } }
        return BottleneckBundle(
            network: .init(
                name: "fashion-resnet.onnx",
                sha256: SHA256.hash(data: networkBytes).hexadecimal
            ),
            input: .init(height: 28, width: 28, channels: 1, mean: 73, scale: 90),
            tensor: tensor,
            shape: [8, 7, 7],
            unit: BottleneckUnit(
                kind: .external,
                encoder: try identity(output: "latent").serialized(),
                decoder: try identity(output: "y").serialized(),
                latentModel: try .fitted(
                    latents: latents,
                    channels: 8,
                    levels: levels.map(\.latentLevel)
                ),
                levels: levels
            ),
            design: DesignRecord(data: "normal draws", samples: latents.count, seed: 1)
        )
    }

    /// A convolution with kernels of 1 × 1 that passes eight channels on.
    package static func identity(output: String) throws -> Network {
        var builder = NetworkBuilder(input: [0, 8, 7, 7])
        builder.constant("kernel", [8, 8, 1, 1])
        builder.model.graph.initializer[0].floatData = (0..<64).map { $0 % 9 == 0 ? 1 : 0 }
        builder.node("Conv", ["x", "kernel"], output)
        return try builder.network(output: output)
    }
}
