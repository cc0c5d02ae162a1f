import Graph
import Inference
import Testing

@testable import Bottleneck

struct ConvolutionalDesignTests {
    @Test(arguments: [1, 7])
    func `before training the unit loses nothing`(side: Int) throws {
        let network = try TrainingFixture.shipped()
        let data = try TrainingData(
            TrainingFixture.images(40),
            network: network,
            tensor: "waist",
            feature: "stage3",
            engine: TrainingFixture.engine
        )
        let graph = ConvolutionalGraph(
            transform: try PatchTransform(
                tensors: data.tensors,
                shape: [8, 7, 7],
                side: side,
                metric: nil
            ),
            shape: [8, 7, 7]
        )
        let latents = try LatentPass.latents(
            of: data.tensors,
            encoder: graph.encoder(),
            engine: TrainingFixture.engine
        )
        let restored = try LatentPass.latents(
            of: latents,
            encoder: graph.decoder(),
            engine: TrainingFixture.engine
        )
        for (tensor, restored) in zip(data.tensors, restored) {
            #expect(zip(tensor, restored).allSatisfy { abs($0 - $1) < 1e-2 })
        }
    }

    @Test func `patches that do not fill the tensor are refused before any work`() throws {
        var options = ConvolutionalDesign.Options()
        options.side = 3
        let error = #expect(throws: BottleneckError.self) {
            try ConvolutionalDesign(
                network: TrainingFixture.shipped(),
                tensor: "waist",
                feature: "stage3",
                engine: TrainingFixture.engine,
                options: options
            )
        }
        #expect(error?.reason.contains("do not fill its shape [8, 7, 7]") == true)
    }

    @Test func `training gives every level a gain vector`() throws {
        let network = try TrainingFixture.shipped()
        let data = try TrainingData(
            TrainingFixture.images(60),
            network: network,
            tensor: "waist",
            feature: "stage3",
            engine: TrainingFixture.engine
        )
        var options = ConvolutionalDesign.Options()
        options.training.steps = 20
        let unit = try ConvolutionalDesign(
            network: network,
            tensor: "waist",
            feature: "stage3",
            engine: TrainingFixture.engine,
            options: options
        ).unit(for: data, metric: (0..<64).map { $0 % 9 == 0 ? 2 : 0.1 })
        #expect(unit.kind == .convolutional && unit.levels.count == 8)
        #expect(unit.levels.allSatisfy { Set($0.steps).count == 8 })
        let means = unit.levels.map { $0.steps.reduce(0, +) }
        #expect(zip(means, means.dropFirst()).allSatisfy { $0 > $1 })
    }
}
