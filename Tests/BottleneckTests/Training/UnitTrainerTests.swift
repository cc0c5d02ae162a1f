import Graph
import Inference
import Testing

@testable import Bottleneck

struct UnitTrainerTests {
    private let network: Network
    private let data: TrainingData

    init() throws {
        network = try TrainingFixture.shipped()
        data = try TrainingData(
            TrainingFixture.images(200),
            network: network,
            tensor: "waist",
            feature: "stage3",
            engine: TrainingFixture.engine
        )
    }

    /// A Karhunen–Loève transform of the channels, which knows nothing of the tail.
    private func trainer(
        steps: Int = 120,
        names: [String] = ["axes", "means"],
        learningRate: Float = 2e-3
    ) throws -> UnitTrainer {
        let unit = try BottleneckUnit.karhunenLoeve(
            tensors: Array(data.tensors.prefix(60)),
            shape: [8, 7, 7]
        )
        var options = UnitTrainer.Options()
        options.steps = steps
        options.warmUp = 5
        options.batch = 16
        return try UnitTrainer(
            network: network,
            tensor: "waist",
            feature: "stage3",
            engine: TrainingFixture.engine,
            encoder: Network(bytes: unit.encoder, name: "encoder"),
            decoder: Network(bytes: unit.decoder, name: "decoder"),
            parameters: names.flatMap {
                [
                    TrainedParameter(.encoder, $0, learningRate: learningRate),
                    TrainedParameter(.decoder, $0, learningRate: learningRate),
                ]
            },
            groups: [UInt8](repeating: 0, count: 49),
            steps: unit.levels[2...5].map(\.steps),
            options: options
        )
    }

    @Test func `training makes the loss smaller`() throws {
        let trainer = try trainer()
        let start = try trainer.figures(on: data)
        let trained = try trainer.train(on: data)
        #expect(trained.losses.count == 120)
        #expect(trained.loss(relativeTo: start) < 0.95)
        // Levels stay in order.
        let steps = trained.steps.map { $0[0] }
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 > $1 })
        #expect(
            zip(trained.validation, trained.validation.dropFirst()).allSatisfy { $0.bits < $1.bits }
        )
    }

    @Test func `the trained unit is the one that was measured`() throws {
        let trainer = try trainer(steps: 10)
        let trained = try trainer.train(on: data)
        var options = trainer.options
        options.rateWeights = trained.rateWeights
        let again = try UnitTrainer(
            network: network,
            tensor: "waist",
            feature: "stage3",
            engine: TrainingFixture.engine,
            encoder: trained.encoder,
            decoder: trained.decoder,
            parameters: trainer.layout.parameters,
            groups: trainer.layout.groups,
            steps: trained.steps,
            options: options
        )
        for (left, right) in zip(try again.figures(on: data), trained.validation) {
            #expect(abs(left.divergence / right.divergence - 1) < 0.01)
        }
    }

    @Test func `the same seed gives the same unit`() throws {
        let first = try trainer(steps: 5).train(on: data)
        let second = try trainer(steps: 5).train(on: data)
        #expect(first.losses == second.losses && first.steps == second.steps)
        #expect(try first.encoder.model.serialized() == second.encoder.model.serialized())
    }

    @Test func `what is not trained stays`() throws {
        let trained = try trainer(steps: 5, names: ["axes"]).train(on: data)
        let untrained = try trainer(steps: 5).layout.encoder
        func means(_ network: Network) -> [Float]? {
            network.model.graph.initializer.first { $0.name == "means" }?.floats
        }
        #expect(means(trained.encoder) == means(untrained))
    }

    @Test func `an unknown initializer is named`() throws {
        let error = #expect(throws: BottleneckError.self) { try trainer(names: ["axis"]) }
        #expect(error?.subject == "tensor 'axis'")
    }

    /// The root has no slope at zero, where its own value is finite.
    @Test func `gradients that are not finite are reported at once`() throws {
        var builder = OnnxModelBuilder(name: "root", input: "x", shape: [3, 4, 4])
        builder.node("Identity", ["x"], "cut")
        builder.node("Abs", ["cut"], "positive")
        builder.node("Sqrt", ["positive"], "root")
        builder.node("GlobalAveragePool", ["root"], "pooled")
        let target = builder.constant("target", integers: [0, 3])
        builder.node("Reshape", ["pooled", target], "logits")
        let unit = try TrainingFixture.unit()
        var options = UnitTrainer.Options()
        options.steps = 1
        options.rateWeights = [1e-6]
        let trainer = try UnitTrainer(
            network: builder.network(output: "logits"),
            tensor: "cut",
            feature: "pooled",
            engine: TrainingFixture.engine,
            encoder: unit.encoder,
            decoder: unit.decoder,
            parameters: [TrainedParameter(.decoder, "weights")],
            groups: [UInt8](repeating: 0, count: 16),
            // So coarse that the decoder reads zeros alone.
            steps: [[1000]],
            options: options
        )
        let ones = [Float](repeating: 1, count: 48)
        let data = TrainingData(tensors: [ones], logits: [[1, 2, 3]], features: [[1, 1, 1]])
        let error = #expect(throws: BottleneckError.self) { try trainer.train(on: data) }
        #expect(error?.reason == "its gradients are not finite at step 1")
    }

    @Test(arguments: [30, 1000] as [Float])
    func `steps that no level may have are reported`(rate: Float) throws {
        var trainer = try trainer(steps: 1)
        trainer.options.quantiserRate = rate
        let error = #expect(throws: BottleneckError.self) { try trainer.train(on: data) }
        #expect(error?.reason.hasPrefix("it ends with a step that is not within") == true)
    }

    @Test func `figures that are not finite are reported`() throws {
        let trainer = try trainer(steps: 1, learningRate: 1e37)
        let error = #expect(throws: BottleneckError.self) { try trainer.train(on: data) }
        #expect(error?.reason == "what it ends with has figures that are not finite")
    }

    @Test func `rates that are far too high are reported`() throws {
        let trainer = try trainer(steps: 30)
        var layout = trainer.layout.parameters
        for index in layout.indices { layout[index].learningRate = 1e38 }
        let wild = try UnitTrainer(
            network: network,
            tensor: "waist",
            feature: "stage3",
            engine: TrainingFixture.engine,
            encoder: trainer.layout.encoder,
            decoder: trainer.layout.decoder,
            parameters: layout,
            groups: trainer.layout.groups,
            steps: trainer.layout.steps,
            options: trainer.options
        )
        let error = #expect(throws: BottleneckError.self) { try wild.train(on: data) }
        #expect(error?.subject == "training")
    }
}
