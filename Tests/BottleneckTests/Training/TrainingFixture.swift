import Foundation
import Graph
import GraphTestSupport
import Inference
import TestSupport

@testable import Bottleneck

/// Units to train, and what to train them on.
enum TrainingFixture {
    static let engine: InferenceEngine = {
        do { return try InferenceEngine() } catch { fatalError("\(error)") }
    }()

    /// The network that comes with the package.
    static func shipped() throws -> Network {
        try Network(contentsOf: PackageFolder.file("Scenarios/models/fashion-resnet.onnx"))
    }

    /// Images of coloured noise for it.
    static func images(_ count: Int) -> DesignSamples {
        DesignSamples(count: count, size: 28 * 28) { index, buffer in
            var generator = SeededGenerator(seed: UInt64(index))
            let waves = generator.normals(24)
            for pixel in 0..<28 * 28 {
                let (row, column) = (Float(pixel / 28) / 28, Float(pixel % 28) / 28)
                buffer[pixel] = (0..<6).reduce(0) { sum, wave in
                    let phase = waves[4 * wave] * row + waves[4 * wave + 1] * column
                    return sum + waves[4 * wave + 2] * sin(6 * phase + waves[4 * wave + 3])
                }
            }
        }
    }

    /// A smooth network that reads [3, 4, 4], cut at `cut`, for finite differences.
    static func smooth() throws -> Network {
        var generator = SeededGenerator(seed: 12)
        var builder = OnnxModelBuilder(name: "smooth", input: "x", shape: [3, 4, 4])
        builder.node("Tanh", ["x"], "cut")
        let kernel = builder.constant("kernel", generator.normals(4 * 3 * 9), [4, 3, 3, 3])
        builder.node("Conv", ["cut", kernel], "mixed", .integers("pads", [1, 1, 1, 1]))
        builder.node("Tanh", ["mixed"], "late")
        builder.node("GlobalAveragePool", ["late"], "pooled")
        builder.node("Flatten", ["pooled"], "flat")
        let weights = builder.constant("weights", generator.normals(4 * 5).map { 3 * $0 }, [4, 5])
        builder.node("MatMul", ["flat", weights], "logits")
        return try builder.network(output: "logits")
    }

    /// Two components, a 1×1 convolution each way.
    static func unit() throws -> (encoder: Network, decoder: Network) {
        var generator = SeededGenerator(seed: 13)
        var encoder = OnnxModelBuilder(name: "encoder", input: "tensor", shape: [3, 4, 4])
        let analysis = encoder.constant("weights", generator.normals(6), [2, 3, 1, 1])
        let offset = encoder.constant("offset", generator.normals(2), [2])
        encoder.node("Conv", ["tensor", analysis, offset], "latent")
        var decoder = OnnxModelBuilder(name: "decoder", input: "latent", shape: [2, 4, 4])
        let synthesis = decoder.constant("weights", generator.normals(6), [3, 2, 1, 1])
        decoder.node("Conv", ["latent", synthesis], "restored")
        return (try encoder.network(output: "latent"), try decoder.network(output: "restored"))
    }
}
