package import Graph
package import Inference
import SimulationCore

/// Trains a unit of any kind between the frozen parts of a network, for all its levels at once.
///
/// The loss of an example is D + λ R: D the divergence of the classes' probabilities from the uncut
/// network's plus a fiftieth of a late tensor's relative error, R the latent's bits by an entropy model of
/// logistic densities, one for each channel and group of positions. Every example has a
/// level; λ is the level's, by default the slope −dD/dR of the unit at hand, so that its steps are
/// right from the start and transforms, steps and scales improve together.
///
///     let trainer = try UnitTrainer(
///         network: network, tensor: "block14", feature: "head", engine: engine,
///         encoder: encoder, decoder: decoder,          // latent: [N, K, h, w], in and out
///         parameters: [TrainedParameter(.encoder, "encoder.band0"), …],
///         groups: model.group, steps: levels.map(\.steps)
///     )
///     let data = try TrainingData(
///         samples, network: network, tensor: "block14", feature: "head", engine: engine)
///     let trained = try trainer.train(on: data)        // trained.encoder, .decoder, .steps
package struct UnitTrainer: Sendable {
    package struct Options: Sendable {
        package var steps = 500
        /// Examples of a step.
        package var batch = 32
        /// Steps in which learning rates rise.
        package var warmUp = 20
        /// Of log steps and log scales.
        package var quantiserRate: Float = 1e-2
        /// λ of each level; nil for the slopes of the unit that is given.
        package var rateWeights: [Float]?
        /// One image in so many is kept for validation, with all of its views.
        package var validationStride = 12
        /// Of the samples' order and the noise.
        package var seed: UInt64 = 1

        package init() {}
    }

    let layout: TrainingLayout
    let engine: InferenceEngine
    /// How to train.
    package var options: Options

    /// - Parameters:
    ///   - network: Ends in logits, [N, classes].
    ///   - tensor: The split point's.
    ///   - feature: A tensor between there and the logits, such as what the last pooling reads.
    ///   - engine: Runs the training.
    ///   - encoder: From the cut tensor to the latent, [N, K, h, w] or [N, K], in float32.
    ///   - decoder: From the dequantised latent to the cut tensor.
    ///   - parameters: Which initializers are trained.
    ///   - groups: Of each latent position, from 0 on without gaps.
    ///   - steps: The quantiser's of each level, all positive: one, or one for each channel.
    ///   - options: How to train.
    /// - Throws: `BottleneckError` when a name is unknown or the parts do not fit.
    package init(
        network: Network,
        tensor: String,
        feature: String,
        engine: InferenceEngine,
        encoder: Network,
        decoder: Network,
        parameters: [TrainedParameter],
        groups: [UInt8],
        steps: [[Float]],
        options: Options = Options()
    ) throws(BottleneckError) {
        layout = try BottleneckError.rethrowing { () throws(GraphError) in
            try TrainingLayout(
                encoder: encoder,
                decoder: decoder,
                tail: network.cut(at: tensor).tail,
                feature: feature,
                groups: groups,
                steps: steps,
                parameters: parameters
            )
        }
        (self.engine, self.options) = (engine, options)
    }

    /// Trains the unit.
    ///
    /// - Parameters:
    ///   - data: Tensors at the cut, some of which are kept for validation.
    ///   - progress: Told after every step: its number, from 1 on, and mean loss.
    /// - Returns: The unit, and how it does.
    /// - Throws: `BottleneckError` when an operator on the way has no gradient, or the numbers do not
    ///   stay finite.
    package func train(
        on data: TrainingData,
        progress: (Int, Float) -> Void = { _, _ in }
    ) throws(BottleneckError) -> TrainedUnit {
        let split = data.split(every: options.validationStride)
        let assessment = try UnitAssessment(self)
        var parameters = try initialParameters(split.training)
        let rateWeights: [Float]
        if let given = options.rateWeights {
            rateWeights = given
        } else {
            rateWeights = try assessment.slopes(parameters, on: split.validation)
        }
        let pool = try TrainingPool(
            layout,
            batch: options.batch,
            hasGradients: true,
            seed: options.seed,
            engine: engine
        )
        let schedule = LearningRateSchedule(
            warmUp: min(options.warmUp, options.steps / 2),
            steps: options.steps
        )
        let rates =
            layout.parameters.map(layout.rate) + [options.quantiserRate, options.quantiserRate]
        var order = TrainingOrder(self, samples: split.training.count, rateWeights: rateWeights)
        var adam = parameters.map { Adam(count: $0.count) }
        var clipping = parameters.map { _ in GradientClipping() }
        var losses: [Float] = []
        for step in 0..<options.steps {
            let examples = order.next()
            let result = try pool.run(examples, of: split.training, parameters: parameters)
            losses.append(try loss(result, examples, step: step))
            guard result.gradients.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
                throw .diverged("its gradients are not finite at step \(step + 1)")
            }
            let pace = schedule.factor(at: step)
            for index in parameters.indices {
                var gradient = result.gradients[index]
                let factor = clipping[index].factor(for: gradient)
                if factor < 1 { for entry in gradient.indices { gradient[entry] *= factor } }
                adam[index].update(
                    &parameters[index],
                    gradient: gradient,
                    rate: pace * rates[index]
                )
            }
            progress(step + 1, losses[step])
        }
        return try trained(
            parameters,
            rateWeights: rateWeights,
            validation: assessment.figures(parameters, on: split.validation),
            losses: losses
        )
    }

    /// How the unit does as it was given, on the samples that training would keep for validation.
    ///
    /// - Throws: `BottleneckError` when it cannot be run.
    package func figures(on data: TrainingData) throws(BottleneckError) -> [TrainedUnit.Figures] {
        let split = data.split(every: options.validationStride)
        return try UnitAssessment(self).figures(
            initialParameters(split.training),
            on: split.validation
        )
    }

    /// −dD/dR of each level as the unit was given: what λ is unless options say otherwise.
    ///
    /// - Throws: `BottleneckError` when it cannot be run, or distortion does not fall with smaller
    ///   steps.
    func slopes(on data: TrainingData) throws(BottleneckError) -> [Float] {
        let split = data.split(every: options.validationStride)
        return try UnitAssessment(self).slopes(
            initialParameters(split.training),
            on: split.validation
        )
    }

    private func loss(
        _ result: TrainingWorker.Result,
        _ examples: [TrainingWorker.Example],
        step: Int
    ) throws(BottleneckError) -> Float {
        var sum: Float = 0
        for (index, example) in examples.enumerated() {
            let terms = result.outputs.map { $0[index] }
            let distortion = terms[0] + TrainingGraph.featureWeight * terms[1]
            sum += example.weight * (distortion + example.rateWeight * terms[2])
        }
        guard sum.isFinite else {
            throw .diverged("its loss is not finite at step \(step + 1)")
        }
        return sum
    }
}
