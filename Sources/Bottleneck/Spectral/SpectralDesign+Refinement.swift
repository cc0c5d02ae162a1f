import Graph

extension SpectralDesign {
    /// Examples of a training step.
    private static let trainingBatch = 32

    /// Of the matrices, relative to their elements' size: more destroys what moments have found.
    private static let learningRate: Float = 1e-3

    /// The late tensor that training looks at: the classifier's features, or the network's own output
    /// where it has none behind the cut.
    var feature: String { tail.features ?? tail.output.name }

    /// What training needs of samples.
    ///
    /// - Throws: `BottleneckError` when a sample cannot be read.
    func trainingData(_ samples: DesignSamples) throws(BottleneckError) -> TrainingData {
        try TrainingData(
            samples,
            network: network,
            tensor: tensor,
            feature: feature,
            engine: engine
        )
    }

    /// Trains the transform and the levels' steps end to end, through quantiser and tail.
    ///
    /// - Parameters:
    ///   - transform: What to start from.
    ///   - steps: Of the levels.
    ///   - samples: What to train on.
    ///   - progress: Told the share of the training that is done, 0...1.
    /// - Returns: The transform, its analysis as integers will hold it, and the steps.
    /// - Throws: `BottleneckError` when an operator of the tail has no gradient, or the loss does not
    ///   stay finite.
    func refined(
        _ transform: SpectralTransform,
        steps: [Float],
        on samples: DesignSamples,
        _ progress: (Double) -> Void
    ) throws(BottleneckError) -> (SpectralTransform, [Float]) {
        let graphs = try BottleneckError.rethrowing { () throws(GraphError) in
            (
                encoder: try transform.encoder(.single).network(output: "latent"),
                decoder: try transform.decoder(.single).network(output: "restored")
            )
        }
        var options = UnitTrainer.Options()
        options.seed = self.options.seed
        options.batch = min(Self.trainingBatch, samples.count)
        options.steps = self.options.epochs * samples.count / options.batch
        let trainer = try UnitTrainer(
            network: network,
            tensor: tensor,
            feature: feature,
            engine: engine,
            encoder: graphs.encoder,
            decoder: graphs.decoder,
            parameters: layout.plane.bands.indices.flatMap { band in
                [
                    TrainedParameter(
                        .encoder,
                        "encoder.band\(band)",
                        learningRate: Self.learningRate
                    ),
                    TrainedParameter(
                        .decoder,
                        "decoder.band\(band)",
                        learningRate: Self.learningRate
                    ),
                ]
            },
            groups: layout.plane.bandOfPosition,
            steps: steps.map { [$0] },
            options: options
        )
        let trained = try trainer.train(on: trainingData(samples)) { step, _ in
            progress(Double(step) / Double(options.steps))
        }
        var refined = transform
        for band in layout.plane.bands.indices {
            refined.store(
                band,
                analysis: trained.encoder.floats(of: "encoder.band\(band)"),
                synthesis: trained.decoder.floats(of: "decoder.band\(band)")
            )
        }
        return (refined, trained.steps.map { $0[0] })
    }
}

extension SpectralTransform {
    /// Rounds an analysis to integers, and makes up for that in the synthesis: D T becomes
    /// D T Q⁻¹ Q.
    fileprivate mutating func store(_ band: Int, analysis: [Float], synthesis: [Float]) {
        let size = layout.channels
        let stored = ScaledIntegers(analysis, size: size, axis: 0).values
        self.analysis[band] = stored
        self.synthesis[band] = synthesis
        guard let inverse = SquareMatrix.inverse(stored.map(Double.init), size) else { return }
        let whole = SquareMatrix.product(
            synthesis.map(Double.init),
            analysis.map(Double.init),
            size
        )
        self.synthesis[band] = SquareMatrix.product(whole, inverse, size).map(Float.init)
    }
}

extension Network {
    /// The values of a float32 initializer that the network has.
    fileprivate func floats(of name: String) -> [Float] {
        guard let values = model.graph.initializer.first(where: { $0.name == name })?.floats else {
            preconditionFailure("the network has '\(name)'")
        }
        return values
    }
}
