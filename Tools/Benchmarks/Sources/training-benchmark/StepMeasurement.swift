import Bottleneck
import Graph
import Inference

/// Times training steps of a unit that transforms channels, 1×1 convolutions with as many outputs as inputs.
struct StepMeasurement {
    private let trainer: UnitTrainer
    private let data: TrainingData

    private static let samples = 96

    init(_ network: Network, tensor: String, feature: String, batch: Int) throws {
        let engine = try InferenceEngine()
        let types = try network.tensorTypes(batch: 1)
        func shape(_ name: String) -> [Int] { Array(types[name]?.shape.dropFirst() ?? []) }
        let cut = shape(tensor)
        var generator = SystemRandomNumberGenerator()
        func draws(_ shape: [Int]) -> [Float] {
            (0..<shape.reduce(1, *)).map { _ in Float.random(in: -1...1, using: &generator) }
        }
        data = TrainingData(
            tensors: (0..<Self.samples).map { _ in draws(cut) },
            logits: (0..<Self.samples).map { _ in draws(shape(network.output.name)) },
            features: (0..<Self.samples).map { _ in draws(shape(feature)) }
        )
        func unit(_ name: String, _ output: String) throws -> Network {
            var builder = OnnxModelBuilder(name: name, input: "read", shape: cut)
            let identity = (0..<cut[0] * cut[0]).map { Float($0 % (cut[0] + 1) == 0 ? 1 : 0) }
            let weights = builder.constant("weights", identity, [cut[0], cut[0], 1, 1])
            let bias = builder.constant("bias", [Float](repeating: 0, count: cut[0]), [cut[0]])
            builder.node("Conv", ["read", weights, bias], output)
            return try builder.network(output: output)
        }
        var options = UnitTrainer.Options()
        options.batch = batch
        options.rateWeights = [1e-4, 1e-5]
        trainer = try UnitTrainer(
            network: network,
            tensor: tensor,
            feature: feature,
            engine: engine,
            encoder: unit("encoder", "latent"),
            decoder: unit("decoder", "restored"),
            parameters: [.encoder, .decoder].flatMap { part in
                [
                    TrainedParameter(part, "weights"),
                    TrainedParameter(part, "bias", scale: 0.1),
                ]
            },
            groups: [UInt8](repeating: 0, count: cut.dropFirst().reduce(1, *)),
            steps: [[0.5], [0.1]],
            options: options
        )
    }

    /// Of each step, the first ones left out.
    func milliseconds(count: Int) throws -> [Double] {
        let clock = ContinuousClock()
        var (last, times): (ContinuousClock.Instant, [Double]) = (clock.now, [])
        var trainer = trainer
        trainer.options.steps = count + 3
        _ = try trainer.train(on: data) { _, _ in
            times.append((clock.now - last) / .milliseconds(1))
            last = clock.now
        }
        return Array(times.dropFirst(3))
    }
}
