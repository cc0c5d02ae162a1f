package import Graph
package import ImageCodecs
package import Inference

/// Makes bundles for a split point of a network: designs units on some images, and evaluates them on
/// others.
package struct UnitDesign: Sendable {
    package struct Options: Sendable {
        /// Samples that second moments are taken of: views of the images.
        package var samples = 4_200
        package var seed: UInt64 = 1
        /// Spectral, convolutional or reference.
        package var kind = BottleneckUnit.Kind.spectral
        /// How often a spectral or convolutional unit's training goes through the samples; the
        /// reference design trains until it stalls.
        package var epochs = 0
        /// Of the convolutions of the other kinds.
        package var stride = 1

        package init() {}
    }

    private static let mostViews = 6

    private let network: Network
    private let reference: BottleneckBundle.NetworkReference
    private let tensor: String
    private let input: ImageInput
    private let engine: InferenceEngine
    private let options: Options

    /// - Parameters:
    ///   - network: Ends in logits.
    ///   - reference: Of the network's file.
    ///   - tensor: The split point's.
    ///   - input: How images become the network's input.
    ///   - engine: Runs the network.
    ///   - options: How much work to do.
    /// - Throws: `BottleneckError` when the input is not the network's.
    package init(
        network: Network,
        reference: BottleneckBundle.NetworkReference,
        tensor: String,
        input: ImageInput,
        engine: InferenceEngine,
        options: Options = Options()
    ) throws(BottleneckError) {
        let shape = try BottleneckError.rethrowing { () throws(GraphError) in
            try network.inputType(batch: 1).shape
        }
        guard shape == [1, input.channels, input.height, input.width] else {
            throw BottleneckError(
                reference.name,
                "its input \(shape) is not one image of \(input.channels) channels",
                remedy: "use a network that reads batch × channels × height × width"
            )
        }
        self.network = network
        self.reference = reference
        self.tensor = tensor
        self.input = input
        self.engine = engine
        self.options = options
    }

    /// Designs a unit, or one for each rate where the kind has but one rate.
    ///
    /// - Parameters:
    ///   - images: What to design it on.
    ///   - heldOut: What to evaluate it on; nil for no evaluation.
    ///   - progress: Told the share of the training that is done, 0...1.
    /// - Returns: The bundles, evaluated if images were held out.
    /// - Throws: `BottleneckError` when an image cannot be read, the tensor is no split point, or the
    ///   tail has an operator without a gradient.
    package func bundles(
        images: ImageSet,
        heldOut: ImageSet?,
        progress: (Double) -> Void = { _ in }
    ) throws(BottleneckError) -> [BottleneckBundle] {
        let clock = ContinuousClock()
        let start = clock.now
        let views = min(max(options.samples / images.count, 1), Self.mostViews)
        var spectral = SpectralDesign.Options()
        spectral.seed = options.seed
        spectral.epochs = options.epochs
        let design = try SpectralDesign(
            network: network,
            tensor: tensor,
            engine: engine,
            options: spectral
        )
        let samples = ImageViews(images, input: input, views: views, seed: options.seed).samples
        let units = try units(design, samples, progress)
        var record = DesignRecord(
            data: images.title,
            samples: images.count,
            views: views,
            seed: options.seed,
            options: [
                "epochs": "\(options.epochs)",
                "stride": "\(options.stride)",
                "fisher-samples": "\(spectral.fisherSamples)",
                "projections": "\(spectral.projections)",
                "table-samples": "\(spectral.tableSamples)",
            ],
            versions: ["engine": engine.version]
        )
        record.seconds = (clock.now - start) / .seconds(1)
        var bundles: [BottleneckBundle] = []
        for unit in units {
            bundles.append(
                BottleneckBundle(
                    network: reference,
                    input: input,
                    tensor: tensor,
                    shape: design.shape,
                    unit: unit,
                    design: record,
                    evaluation: try heldOut.map { images throws(BottleneckError) in
                        try evaluation(of: unit, on: images)
                    }
                )
            )
        }
        return bundles
    }

    private func units(
        _ spectral: SpectralDesign,
        _ samples: DesignSamples,
        _ progress: (Double) -> Void
    ) throws(BottleneckError) -> [BottleneckUnit] {
        switch options.kind {
        case .spectral, .external:
            return [try spectral.unit(for: samples, progress: progress)]
        case .convolutional:
            var own = ConvolutionalDesign.Options()
            own.side = options.stride
            own.training.seed = options.seed
            own.training.steps = max(options.epochs, 1) * samples.count / own.training.batch
            return [
                try ConvolutionalDesign(
                    network: network,
                    tensor: tensor,
                    feature: spectral.feature,
                    engine: engine,
                    options: own
                ).unit(
                    for: try spectral.trainingData(samples),
                    metric: try spectral.channelMetric(for: samples).values
                ) { step, _ in progress(Double(step) / Double(own.training.steps)) }
            ]
        case .reference:
            var own = ReferenceDesign.Options()
            own.stride = options.stride
            own.seed = options.seed
            let rounds = own.rates.count * own.mostRounds
            return try ReferenceDesign(
                network: network,
                tensor: tensor,
                feature: spectral.feature,
                engine: engine,
                options: own
            ).units(for: try spectral.trainingData(samples)) { unit, round, _ in
                progress(Double(unit * own.mostRounds + round + 1) / Double(rounds))
            }
        }
    }

    private func evaluation(
        of unit: BottleneckUnit,
        on images: ImageSet
    ) throws(BottleneckError) -> UnitEvaluation {
        let run = try MeasurementRun(
            network: network,
            tensor: tensor,
            input: input,
            engine: engine
        )
        let method = try UnitMethod(tensor, kind: .ours, unit: unit, storageBytes: 0)
        let curve = try run.measure([method], on: images).curves[0]
        return try UnitEvaluation(of: unit, curve, data: images.title)
    }
}
