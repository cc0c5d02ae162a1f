import Coding
import Graph
import GraphTestSupport
import Testing

@testable import Bottleneck

/// Tensors whose latents no entropy model takes, refused before anything is computed.
@Suite struct LatentLimitTests {
    @Test(arguments: [
        ([4096], true), ([4097], false), ([4096, 32, 32], true), ([4096, 33, 32], false),
        ([64, 256, 256], true), ([1, 257, 256], false), ([8, 3], false),
    ])
    func `a latent has limits`(shape: [Int], isPossible: Bool) {
        #expect(LatentModel.hasRoom(for: shape) == isPossible)
    }

    /// A classifier of planes [`channels`, 4, 4], cut at `planes` or, flattened, at `flat`.
    private func network(channels: Int) throws -> Network {
        var builder = NetworkBuilder(input: [0, channels, 4, 4])
        builder.constant("weights", [16 * channels, 2])
        builder.node("Relu", ["x"], "planes")
        builder.node("Flatten", ["planes"], "flat")
        builder.node("MatMul", ["flat", "weights"], "logits")
        return try builder.network(output: "logits")
    }

    /// Samples that must not be asked for.
    private func untouched(channels: Int) -> DesignSamples {
        DesignSamples(count: 1, size: 16 * channels) { _, _ throws(BottleneckError) in
            throw BottleneckError("a sample", "it was read", remedy: "check limits first")
        }
    }

    @Test func `a spectral unit is refused by its channels`() throws {
        let design = try SpectralDesign(
            network: network(channels: 257),
            tensor: "flat",
            engine: TrainingFixture.engine
        )
        let error = #expect(throws: BottleneckError.self) {
            try design.unit(for: untouched(channels: 257))
        }
        #expect(error?.subject == "tensor 'flat'")
        #expect(error?.reason.contains("[4112, 1, 1] is too large") == true)
    }

    @Test(arguments: [(256, 4), (1024, 2)])
    func `a convolutional unit is refused by its patches' size`(
        channels: Int,
        side: Int
    ) throws {
        var options = ConvolutionalDesign.Options()
        func design(_ channels: Int) throws {
            options.side = side
            _ = try ConvolutionalDesign(
                network: network(channels: channels),
                tensor: "planes",
                feature: "flat",
                engine: TrainingFixture.engine,
                options: options
            )
        }
        try design(channels)
        let error = #expect(throws: BottleneckError.self) { try design(channels + 1) }
        #expect(error?.reason.contains("[\((channels + 1) * side * side), ") == true)
    }

    @Test func `a reference unit is refused by its pairs of channels`() throws {
        func design(_ channels: Int) throws {
            _ = try ReferenceDesign(
                network: network(channels: channels),
                tensor: "planes",
                feature: "flat",
                engine: TrainingFixture.engine
            )
        }
        try design(2048)
        let error = #expect(throws: BottleneckError.self) { try design(2049) }
        #expect(error?.reason.contains("[4098, 4, 4] is too large") == true)
    }
}
