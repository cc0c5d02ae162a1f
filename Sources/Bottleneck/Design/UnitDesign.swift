package import Graph
package import ImageCodecs
package import Inference

/// Makes bundles for a split point of a network: designs units on some images, and evaluates them on
/// others.
package struct UnitDesign: Sendable {
    /// What kind of unit is designed, and how.
    package enum Method: Equatable, Sendable {
        /// Worked out from second moments; training goes `epochs` times through the samples.
        case spectral(epochs: Int = 0)
        /// Convolutions with a stride of 1, 2 or 4; training goes `epochs` times through the samples.
        case convolutional(stride: Int = 1, epochs: Int = 1)
        /// The published design with a stride of 1, 2 or 4: a unit for each rate, which is trained until it
        /// stalls.
        case reference(stride: Int = 1)
    }

    package struct Options: Sendable {
        /// Samples that second moments are taken of: views of the images.
        package var samples = 4_200
        package var seed: UInt64 = 1
        package var method = Method.spectral()

        package init() {}
    }

    /// How often training may go through the samples.
    package static let epochs = 0...10_000

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
    /// - Throws: `BottleneckError` when the input is not the network's, or training is not to go
    ///   `Self.epochs` times through the samples.
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
        if let epochs = options.method.epochs, !Self.epochs.contains(epochs) {
            throw BottleneckError(
                "training",
                "it cannot go \(epochs) times through the samples",
                remedy: "ask for \(Self.epochs.lowerBound) to \(Self.epochs.upperBound) epochs"
            )
        }
        self.network = network
        self.reference = reference
        self.tensor = tensor
        self.input = input
        self.engine = engine
        self.options = options
    }

    /// Designs a unit, or one for each rate where the method has but one rate.
    ///
    /// - Parameters:
    ///   - images: What to design it on.
    ///   - heldOut: What to evaluate it on; nil for no evaluation.
    ///   - progress: Told the share of the training that is done, 0...1.
    ///   - done: Given every bundle as soon as there is one.
    /// - Returns: The bundles, evaluated if images were held out.
    /// - Throws: `BottleneckError` when an image cannot be read, the tensor is no split point, the
    ///   tail has an operator without a gradient, or the network computes numbers that are not finite;
    ///   and what `done` throws.
    @discardableResult
    package func bundles(
        images: ImageSet,
        heldOut: ImageSet?,
        progress: (Double) -> Void = { _ in },
        done: (BottleneckBundle) throws(BottleneckError) -> Void = { _ in }
    ) throws(BottleneckError) -> [BottleneckBundle] {
        let clock = ContinuousClock()
        var start = clock.now
        let views = min(max(options.samples / images.count, 1), Self.mostViews)
        var spectral = SpectralDesign.Options()
        spectral.seed = options.seed
        if case .spectral(let epochs) = options.method { spectral.epochs = epochs }
        let design = try SpectralDesign(
            network: network,
            tensor: tensor,
            engine: engine,
            options: spectral
        )
        var bundles: [BottleneckBundle] = []
        try designUnits(
            design,
            ImageViews(images, input: input, views: views, seed: options.seed).samples,
            progress
        ) { unit throws(BottleneckError) in
            let record = DesignRecord(
                data: images.title,
                samples: images.count,
                views: views,
                seed: options.seed,
                options: options.method.record(spectral),
                versions: ["engine": engine.version],
                seconds: (clock.now - start) / .seconds(1)
            )
            let bundle = BottleneckBundle(
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
            try done(bundle)
            bundles.append(bundle)
            start = clock.now
        }
        return bundles
    }

    private func designUnits(
        _ spectral: SpectralDesign,
        _ samples: DesignSamples,
        _ progress: (Double) -> Void,
        done: (BottleneckUnit) throws(BottleneckError) -> Void
    ) throws(BottleneckError) {
        switch options.method {
        case .spectral:
            try done(spectral.unit(for: samples, progress: progress))
        case .convolutional(let stride, let epochs):
            var own = ConvolutionalDesign.Options()
            own.side = stride
            own.training.seed = options.seed
            own.training.batch = min(own.training.batch, samples.count)
            own.training.steps = epochs * samples.count / own.training.batch
            let design = try ConvolutionalDesign(
                network: network,
                tensor: tensor,
                feature: spectral.feature,
                engine: engine,
                options: own
            )
            try done(
                design.unit(
                    for: spectral.trainingData(samples),
                    metric: spectral.channelMetric(for: samples).values
                ) { step, _ in progress(Double(step) / Double(own.training.steps)) }
            )
        case .reference(let stride):
            var own = ReferenceDesign.Options()
            own.stride = stride
            own.seed = options.seed
            let rounds = own.rates.count * own.mostRounds
            let design = try ReferenceDesign(
                network: network,
                tensor: tensor,
                feature: spectral.feature,
                engine: engine,
                options: own
            )
            try design.units(
                for: spectral.trainingData(samples),
                progress: { unit, round, _ in
                    progress(Double(unit * own.mostRounds + round + 1) / Double(rounds))
                },
                done: done
            )
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
        let method = try UnitMethod("the unit", kind: .ours, unit: unit, storageBytes: 0)
        let curve = try run.measure([method], on: images).curves[0]
        return try UnitEvaluation(of: unit, curve, data: images.title)
    }
}

extension UnitDesign.Method {
    /// How often training goes through the samples, where that is settled beforehand.
    var epochs: Int? {
        switch self {
        case .spectral(let epochs), .convolutional(_, let epochs): epochs
        case .reference: nil
        }
    }

    /// What a bundle notes of the options that had a part in it.
    fileprivate func record(_ spectral: SpectralDesign.Options) -> [String: String] {
        var record: [String: String] = [:]
        switch self {
        case .spectral: record["table-samples"] = "\(spectral.tableSamples)"
        case .convolutional(let stride, _), .reference(let stride): record["stride"] = "\(stride)"
        }
        if let epochs {
            record["epochs"] = "\(epochs)"
            record["fisher-samples"] = "\(spectral.fisherSamples)"
            record["projections"] = "\(spectral.projections)"
        }
        return record
    }
}
