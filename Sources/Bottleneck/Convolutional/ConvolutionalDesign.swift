import Coding
package import Graph
package import Inference

/// Trains a convolutional unit: a strided linear convolution, and the transposed one back.
///
/// It begins as the Karhunen–Loève transform of patches in the metric of the tail's Fisher matrix; every
/// level has a gain vector, a step for each component.
package struct ConvolutionalDesign: Sendable {
    package struct Options: Sendable {
        /// The side of a patch, stride and kernel; it divides the tensor's height and width.
        package var side = 1
        /// How to train.
        package var training = UnitTrainer.Options()

        package init() {}
    }

    private static let tableSamples = 400

    let network: Network
    let tensor: String
    let feature: String
    let engine: InferenceEngine
    let options: Options
    /// Of the cut tensor for one sample: [C, H, W].
    private let shape: [Int]

    /// - Parameters:
    ///   - network: Ends in logits.
    ///   - tensor: The split point's, [N, C, H, W].
    ///   - feature: A late tensor, as `UnitTrainer` takes it.
    ///   - engine: Runs the training.
    ///   - options: How to build and train.
    /// - Throws: `BottleneckError` when the tensor is no split point, patches do not fill it, or the
    ///   latent is too large.
    package init(
        network: Network,
        tensor: String,
        feature: String,
        engine: InferenceEngine,
        options: Options = Options()
    ) throws(BottleneckError) {
        shape = try BottleneckError.rethrowing { () throws(GraphError) in
            Array(try network.cut(at: tensor).tail.inputType(batch: 1).shape.dropFirst())
        }
        guard shape.count == 3, shape.dropFirst().allSatisfy({ $0 % options.side == 0 }) else {
            throw BottleneckError(
                "tensor '\(tensor)'",
                "patches of \(options.side) × \(options.side) do not fill its shape \(shape)",
                remedy: "choose a side that divides its height and width"
            )
        }
        try LatentModel.requireRoom(
            for: ConvolutionalGraph.latentShape(of: shape, side: options.side),
            at: tensor
        )
        (self.network, self.tensor, self.feature) = (network, tensor, feature)
        (self.engine, self.options) = (engine, options)
    }

    /// The trained unit.
    ///
    /// - Parameters:
    ///   - data: To train on; the entropy tables are fitted to it, too.
    ///   - metric: C × C, row by row, positive definite: half its square form is the divergence that
    ///     an error of the tensor costs; nil for the squared error.
    ///   - progress: Told after every step: its number, from 1 on, and mean loss.
    /// - Returns: A unit with eight levels.
    /// - Throws: `BottleneckError` when an operator of the tail has no gradient, or the numbers do not
    ///   stay finite.
    package func unit(
        for data: TrainingData,
        metric: [Double]?,
        progress: (Int, Float) -> Void = { _, _ in }
    ) throws(BottleneckError) -> BottleneckUnit {
        let graph = ConvolutionalGraph(
            transform: try PatchTransform(
                tensors: data.tensors,
                shape: shape,
                side: options.side,
                metric: metric.map { SymmetricMatrix(size: shape[0], $0) }
            ),
            shape: shape
        )
        let parts = try BottleneckError.rethrowing { () throws(GraphError) in
            (encoder: try graph.encoder(), decoder: try graph.decoder())
        }
        let some = data.every(max(data.count / Self.tableSamples, 1)).tensors
        let latents = try LatentPass.latents(of: some, encoder: parts.encoder, engine: engine)
        let steps = RateLadder.falling(latents)
        let channels = graph.latentShape[0]
        let trainer = try UnitTrainer(
            network: network,
            tensor: tensor,
            feature: feature,
            engine: engine,
            encoder: parts.encoder,
            decoder: parts.decoder,
            parameters: graph.parameters,
            groups: [UInt8](repeating: 0, count: graph.latentShape[1] * graph.latentShape[2]),
            steps: steps.map { [Float](repeating: $0, count: channels) },
            options: options.training
        )
        return try BottleneckUnit(
            kind: .convolutional,
            trained: trainer.train(on: data, progress: progress),
            names: steps.indices.map { "\($0)" },
            latentChannels: channels,
            tensors: some,
            engine: engine
        )
    }
}
