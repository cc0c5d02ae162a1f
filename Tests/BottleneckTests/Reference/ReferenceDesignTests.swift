import Coding
import Graph
import GraphTestSupport
import Inference
import TestSupport
import Testing

@testable import Bottleneck

struct ReferenceDesignTests {
    private func tensors(_ shape: [Int], count: Int = 20) -> [[Float]] {
        var generator = SeededGenerator(seed: 6)
        return (0..<count).map { _ in
            generator.normals(shape.reduce(1, *)).map { 0.5 + 2 * $0 }
        }
    }

    private func graph(_ shape: [Int], stride: Int) throws -> ReferenceGraph {
        ReferenceGraph(
            transform: try PatchTransform(
                tensors: tensors(shape),
                shape: shape,
                side: 1,
                metric: nil
            ),
            shape: shape,
            stride: stride
        )
    }

    @Test func `without a stride the start loses nothing but what lies far out`() throws {
        let shape = [4, 5, 6]
        let graph = try graph(shape, stride: 1)
        let latents = try LatentPass.latents(
            of: tensors(shape),
            encoder: graph.encoder(),
            engine: TrainingFixture.engine
        )
        #expect(latents.allSatisfy { $0.allSatisfy { $0 >= 0 } })
        let restored = try LatentPass.latents(
            of: latents,
            encoder: graph.decoder(),
            engine: TrainingFixture.engine
        )
        for (tensor, restored) in zip(tensors(shape), restored) {
            #expect(zip(tensor, restored).allSatisfy { abs($0 - $1) < 0.5 })
        }
    }

    @Test(arguments: [1, 2, 4], [7, 8, 14])
    func `the decoder's output has the tensor's shape`(stride: Int, side: Int) throws {
        let graph = try graph([3, side, side + 1], stride: stride)
        let encoder = try graph.encoder()
        let latent = try #require(try encoder.tensorTypes(batch: 2)["latent"])
        #expect(latent.shape == [2] + graph.latentShape)
        let decoder = try graph.decoder()
        let restored = try #require(try decoder.tensorTypes(batch: 2)["restored"])
        #expect(restored.shape == [2, 3, side, side + 1])
    }

    @Test(arguments: [1, 2])
    func `every rate gets a unit that was trained for it`(stride: Int) throws {
        let network = try TrainingFixture.shipped()
        let data = try TrainingData(
            TrainingFixture.images(60),
            network: network,
            tensor: "waist",
            feature: "stage3",
            engine: TrainingFixture.engine
        )
        var options = ReferenceDesign.Options()
        options.stride = stride
        options.rates = [3, 6]
        options.stepsPerRound = 20
        options.mostRounds = 2
        let design = try ReferenceDesign(
            network: network,
            tensor: "waist",
            feature: "stage3",
            engine: TrainingFixture.engine,
            options: options
        )
        var done: [BottleneckUnit] = []
        let units = try design.units(for: data, done: { done.append($0) })
        #expect(done == units)
        #expect(units.map(\.levels.count) == [1, 1])
        #expect(units[0].levels[0].steps[0] > units[1].levels[0].steps[0])
        #expect(units.allSatisfy { $0.kind == .reference && $0.latentModel.channels == 16 })
        let sizes = try units.map { unit in
            let latent = try LatentPass.latents(
                of: [data.tensors[0]],
                encoder: Network(bytes: unit.encoder, name: "encoder"),
                engine: TrainingFixture.engine
            )[0]
            let level = unit.levels[0].latentLevel
            return LatentCodec(model: unit.latentModel, level: level).encode(latent).count
        }
        #expect(sizes[0] < sizes[1])
    }
}
