import Graph

/// One graph from cut tensors to the loss: encoder, quantiser, decoder, tail and entropy model.
///
/// For an example with step Δ, latent y and uniform noise u in [−½, ½), the decoder reads
/// Δ · round(y / Δ), and the gradient passes the rounding straight through. The rate is that of
/// y + Δ u, as in Ballé et al., "End-to-end optimized image compression" (2017): at rounded
/// values it would have no slope where most of them are, at zero. Training on both ways of quantising is that
/// of Minnen and Singh, "Channel-wise autoregressive entropy models for learned image compression" (2020).
struct TrainingGraph {
    /// What is trained besides the unit's initializers.
    enum Name {
        /// log Δ, levels × 1 or levels × channels.
        static let logSteps = "log-steps"
        /// log of the entropy model's scales, channels × groups.
        static let logScales = "log-scales"
        /// What an example of each level adds to the loss: [N].
        static let loss = "loss"
    }

    /// Inputs of the examples, in this order; [N, …].
    enum Input: Int, CaseIterable {
        /// The cut tensor.
        case tensor
        /// 1 for the example's level, [N, levels].
        case level
        /// u, [N, K, P].
        case noise
        /// λ: how much distortion a bit is worth, [N].
        case rateWeight
        /// What the example's loss is multiplied with, [N].
        case weight
        /// The uncut network's output.
        case logits
        /// The uncut network's late tensor.
        case features

        var name: String { "example/\(self)" }
    }

    /// What is computed for each example, [N], in this order.
    enum Output: Int, CaseIterable {
        /// Of the classes' probabilities, in nats, from the uncut network's.
        case divergence
        /// Squared error of the late tensor, in units of its square.
        case featureError
        /// By the entropy model.
        case bits

        var name: String { "\(self)" }
    }

    /// Share of the late tensor's error in the distortion.
    static let featureWeight: Float = 0.02

    var builder: OnnxModelBuilder
    let layout: TrainingLayout
    private let batch: Int

    /// The graph for `batch` examples; trained initializers, log steps and log scales are inputs.
    static func model(
        _ layout: TrainingLayout,
        batch: Int
    ) throws(GraphError) -> OnnxModelProto {
        var graph = TrainingGraph(layout, batch: batch)
        let latent = try graph.builder.append(
            layout.encoder,
            reading: Input.tensor.name,
            prefix: TrainedParameter.Part.encoder.prefix,
            parameters: layout.names(.encoder)
        )
        let quantised = graph.quantise(latent)
        let restored = try graph.builder.append(
            layout.decoder,
            reading: quantised.latent,
            prefix: TrainedParameter.Part.decoder.prefix,
            parameters: layout.names(.decoder)
        )
        let logits = try graph.builder.append(layout.tail, reading: restored, prefix: "tail/")
        let feature =
            layout.feature == layout.tail.input.name ? restored : "tail/\(layout.feature)"
        graph.addRate(quantised)
        graph.addDistortion(logits: logits, feature: feature)
        graph.addLoss()
        return graph.builder.model(outputs: [Name.loss])
    }

    private init(_ layout: TrainingLayout, batch: Int) {
        (self.layout, self.batch) = (layout, batch)
        builder = OnnxModelBuilder(
            name: "training",
            input: Input.tensor.name,
            shape: layout.tensorShape
        )
        _ = builder.input(Input.level.name, [batch, layout.steps.count])
        _ = builder.input(Input.noise.name, [batch, layout.channels, layout.positions])
        _ = builder.input(Input.rateWeight.name, [batch])
        _ = builder.input(Input.weight.name, [batch])
        _ = builder.input(Input.logits.name, [batch, layout.classes])
        _ = builder.input(Input.features.name, [batch] + layout.featureShape)
    }

    // MARK: Quantiser

    struct Quantised {
        /// What the decoder reads, in the latent's shape.
        var latent: String
        /// y + Δ u, [N, K, P].
        var noisy: String
        /// Δ, [N, 1 or K, 1].
        var step: String
    }

    private mutating func quantise(_ latent: String) -> Quantised {
        let perLevel = layout.steps[0].count
        let logSteps = builder.input(Name.logSteps, [layout.steps.count, perLevel])
        let own = builder.node("MatMul", [Input.level.name, logSteps], "quantiser/log-step")
        let flat = builder.node("Exp", [own], "quantiser/flat-step")
        let stepShape = builder.constant("quantiser/step.shape", integers: [batch, perLevel, 1])
        let step = builder.node("Reshape", [flat, stepShape], "quantiser/step")
        let planes = builder.constant(
            "quantiser/planes.shape",
            integers: [batch, layout.channels, layout.positions]
        )
        let values = builder.node("Reshape", [latent, planes], "quantiser/values")
        let scaled = builder.node("Div", [values, step], "quantiser/scaled")
        let rounded = builder.node("Round", [scaled], "quantiser/rounded")
        let dequantised = builder.node("Mul", [rounded, step], "quantiser/dequantised")
        let blurred = builder.node("Add", [scaled, Input.noise.name], "quantiser/blurred")
        let noisy = builder.node("Mul", [blurred, step], "quantiser/noisy")
        let shape = builder.constant("quantiser/shape", integers: [batch] + layout.latentShape)
        let output = builder.node("Reshape", [dequantised, shape], "quantiser/output")
        return Quantised(latent: output, noisy: noisy, step: step)
    }
}
