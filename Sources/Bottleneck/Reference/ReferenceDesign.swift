import Coding
package import Graph
package import Inference

/// Trains the design published for this problem, a unit for every rate: the baseline.
///
/// Source: Datta, Ahuja, Shin and others at Intel, "A low-complexity approach to rate-distortion
/// optimized variable bit-rate compression for split DNN computing" (ICPR 2022) and its
/// successor (CVPR 2023). Trained by distillation with a rate term until the validation loss stalls.
///
///     let design = try ReferenceDesign(
///         network: network, tensor: "block14", feature: "head", engine: engine)
///     let units = try design.units(for: data)     // from the coarsest to the finest
package struct ReferenceDesign: Sendable {
    package struct Options: Sendable {
        /// Of the first convolution: 1, 2 or 4.
        package var stride = 1
        /// Steps between two looks at the validation loss.
        package var stepsPerRound = 150
        package var mostRounds = 8
        /// A round stalls when it makes the validation loss less than this part smaller.
        package var leastGain = 0.01
        /// Which of the steps of `RateLadder.falling` have a unit.
        package var rates = Array(2..<8)
        package var seed: UInt64 = 1

        package init() {}
    }

    private static let tableSamples = 400
    /// After so many rounds that stall training ends.
    private static let mostStalls = 3
    /// What learning rates are multiplied with after each of them.
    private static let slowing: Float = 0.3

    private let network: Network
    private let tensor: String
    private let feature: String
    private let engine: InferenceEngine
    private let options: Options
    private let shape: [Int]

    /// - Parameters:
    ///   - network: Ends in logits.
    ///   - tensor: The split point's, [N, C, H, W].
    ///   - feature: A late tensor, as `UnitTrainer` takes it.
    ///   - engine: Runs the training.
    ///   - options: How to train.
    /// - Throws: `BottleneckError` when the tensor is no split point or has another rank, or the latent
    ///   is too large.
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
        guard shape.count == 3 else {
            throw BottleneckError(
                "tensor '\(tensor)'",
                "its shape \(shape) is not channels × height × width",
                remedy: "cut the network where it has planes, for the reference design"
            )
        }
        precondition([1, 2, 4].contains(options.stride), "strides are 1, 2 or 4")
        try LatentModel.requireRoom(
            for: ReferenceGraph.latentShape(of: shape, stride: options.stride),
            at: tensor
        )
        (self.network, self.tensor, self.feature) = (network, tensor, feature)
        (self.engine, self.options) = (engine, options)
    }

    /// A unit for each rate, from the coarsest to the finest.
    ///
    /// - Parameters:
    ///   - data: To train on; the entropy tables are fitted to it, too.
    ///   - progress: Told after each unit's round of training: unit, round, validation loss in units
    ///     of the one at the start.
    ///   - done: Given every unit as soon as it is trained.
    /// - Returns: As many units as options ask for rates, each with a level of its own.
    /// - Throws: `BottleneckError` when an operator of the tail has no gradient, or the numbers do not
    ///   stay finite; what `done` throws.
    @discardableResult
    package func units(
        for data: TrainingData,
        progress: (Int, Int, Double) -> Void = { _, _, _ in },
        done: (BottleneckUnit) throws(BottleneckError) -> Void = { _ in }
    ) throws(BottleneckError) -> [BottleneckUnit] {
        let start = try start(data, stride: options.stride)
        let steps = try steps(start, data)
        let rateWeights = try rateWeights(data)
        var units: [BottleneckUnit] = []
        for (unit, rate) in options.rates.enumerated() {
            let trained = try train(
                start,
                step: steps[rate],
                rateWeight: rateWeights[unit],
                data
            ) { round, loss in progress(unit, round, loss) }
            let made = try BottleneckUnit(
                kind: .reference,
                trained: trained,
                names: ["\(rate)"],
                latentChannels: start.graph.latentChannels,
                tensors: data.every(max(data.count / Self.tableSamples, 1)).tensors,
                engine: engine
            )
            try done(made)
            units.append(made)
        }
        return units
    }

    /// A unit as it is before training.
    private struct Start {
        var graph: ReferenceGraph
        var encoder: Network
        var decoder: Network
    }

    private func start(_ data: TrainingData, stride: Int) throws(BottleneckError) -> Start {
        let graph = ReferenceGraph(
            transform: try PatchTransform(
                tensors: data.tensors,
                shape: shape,
                side: 1,
                metric: nil
            ),
            shape: shape,
            stride: stride
        )
        return try BottleneckError.rethrowing { () throws(GraphError) in
            Start(graph: graph, encoder: try graph.encoder(), decoder: try graph.decoder())
        }
    }

    /// The steps that rates are chosen from.
    private func steps(_ start: Start, _ data: TrainingData) throws(BottleneckError) -> [Float] {
        RateLadder.falling(
            try LatentPass.latents(
                of: data.every(max(data.count / Self.tableSamples, 1)).tensors,
                encoder: start.encoder,
                engine: engine
            )
        )
    }

    /// What a bit costs at each rate: the slope of distortion over rate of the unit without stride.
    ///
    /// What a stride takes away hides the quantiser's share of the distortion before training.
    private func rateWeights(_ data: TrainingData) throws(BottleneckError) -> [Float] {
        let start = try start(data, stride: 1)
        let steps = try steps(start, data)
        var rateWeights: [Float] = []
        for rate in options.rates {
            var trainerOptions = UnitTrainer.Options()
            trainerOptions.seed = options.seed
            let trainer = try trainer(
                start,
                steps: [[steps[rate]]],
                parameters: start.graph.parameters,
                trainerOptions
            )
            rateWeights += try trainer.slopes(on: data)
        }
        return rateWeights
    }

    private func trainer(
        _ start: Start,
        steps: [[Float]],
        parameters: [TrainedParameter],
        _ options: UnitTrainer.Options
    ) throws(BottleneckError) -> UnitTrainer {
        let positions = start.graph.latentShape.dropFirst().reduce(1, *)
        return try UnitTrainer(
            network: network,
            tensor: tensor,
            feature: feature,
            engine: engine,
            encoder: start.encoder,
            decoder: start.decoder,
            parameters: parameters,
            groups: [UInt8](repeating: 0, count: positions),
            steps: steps,
            options: options
        )
    }

    private func train(
        _ start: Start,
        step: Float,
        rateWeight: Float,
        _ data: TrainingData,
        _ progress: (Int, Double) -> Void
    ) throws(BottleneckError) -> TrainedUnit {
        var (current, steps) = (start, [[step]])
        var trainerOptions = UnitTrainer.Options()
        trainerOptions.steps = options.stepsPerRound
        trainerOptions.rateWeights = [rateWeight]
        var parameters = start.graph.parameters
        var before: [TrainedUnit.Figures] = []
        var best: TrainedUnit?
        var (least, stalled) = (Double.infinity, 0)
        for round in 0..<options.mostRounds where stalled < Self.mostStalls {
            trainerOptions.seed = options.seed &+ UInt64(round)
            let trainer = try trainer(
                current,
                steps: steps,
                parameters: parameters,
                trainerOptions
            )
            if round == 0 { before = try trainer.figures(on: data) }
            let trained = try trainer.train(on: data)
            let loss = trained.loss(relativeTo: before)
            progress(round, loss)
            if loss > (1 - options.leastGain) * min(least, 1) {
                stalled += 1
                for index in parameters.indices {
                    parameters[index].learningRate *= Self.slowing
                }
            }
            guard loss < least else { continue }
            (best, least) = (trained, loss)
            if loss < 1 {
                (current.encoder, current.decoder) = (trained.encoder, trained.decoder)
                steps = trained.steps
            }
        }
        guard let best else { throw .diverged("its validation loss is not finite") }
        return best
    }
}
