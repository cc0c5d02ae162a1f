import Coding
package import Graph
package import Inference

/// Designs a spectral unit for a network's tensor from second moments of tensors and gradients; training
/// may refine it.
///
///     let design = try SpectralDesign(network: network, tensor: "block14", engine: engine)
///     let unit = try design.unit(for: samples)
package struct SpectralDesign: Sendable {
    package struct Options: Sendable {
        /// On how many samples gradients are taken.
        package var fisherSamples = 600
        /// Random projections of the logits on each of them.
        package var projections = 2
        /// To how many samples the entropy tables are fitted.
        package var tableSamples = 400
        /// How often training goes through the samples; 0 for none.
        package var epochs = 0
        /// Of projections and training.
        package var seed: UInt64 = 1

        package init() {}
    }

    /// Samples that are computed at once.
    private static let batch = 8

    let options: Options
    let network: Network
    let tensor: String
    let head: Network
    let tail: Network
    let layout: SpectralLayout
    /// Of the cut tensor for one sample: [C, H, W] or [C].
    package var shape: [Int] { layout.shape }
    let engine: InferenceEngine

    /// - Parameters:
    ///   - network: Ends in logits.
    ///   - tensor: The split point's tensor, [N, C, H, W] or [N, C].
    ///   - engine: Runs the network.
    ///   - options: How much work to do.
    /// - Throws: `BottleneckError` when the network does not end in logits, the tensor is no split point
    ///   or has another rank, or a unit's graphs cannot be joined with the network's parts.
    package init(
        network: Network,
        tensor: String,
        engine: InferenceEngine,
        options: Options = Options()
    ) throws(BottleneckError) {
        try network.requireLogits()
        let (head, tail, shape) = try BottleneckError.rethrowing { () throws(GraphError) in
            let (head, tail) = try network.cut(at: tensor)
            return (head, tail, Array(try tail.inputType(batch: 1).shape.dropFirst()))
        }
        guard [1, 3].contains(shape.count) else {
            throw BottleneckError(
                "tensor '\(tensor)'",
                "its shape \(shape) is neither channels × height × width nor channels",
                remedy: "name another one that `simcoord splits` lists"
            )
        }
        try Self.checkJoining(head, tail, shape)
        (self.network, self.tensor) = (network, tensor)
        (self.head, self.tail) = (head, tail)
        layout = SpectralLayout(shape: shape, needsMeanOnly: tail.averagesInputPlanes)
        self.engine = engine
        self.options = options
    }

    /// Throws unless a unit's graphs can stand between the network's parts, before one is designed.
    private static func checkJoining(
        _ head: Network,
        _ tail: Network,
        _ shape: [Int]
    ) throws(BottleneckError) {
        var builder = OnnxModelBuilder(name: "unit", input: "tensor", shape: shape)
        builder.node("Identity", [builder.input], "same")
        do throws(GraphError) {
            let unit = try builder.network(output: "same")
            _ = try head.appending(unit)
            _ = try unit.appending(tail)
        } catch {
            let isVersion = error.kind == .operatorSets
            throw BottleneckError(
                error.subject,
                error.problem,
                remedy: isVersion
                    ? "export the network with opset version \(OnnxModelBuilder.operatorSet)"
                    : error.remedy
            )
        }
    }

    /// The unit that the samples ask for.
    ///
    /// - Parameters:
    ///   - samples: What to design it on.
    ///   - progress: Told the share of the training that is done, 0...1; not called without epochs.
    /// - Returns: A unit with eight levels.
    /// - Throws: `BottleneckError` when the latent is too large, a sample cannot be read, an operator of
    ///   the tail has no gradient, or the network computes numbers that are not finite.
    package func unit(
        for samples: DesignSamples,
        progress: (Double) -> Void = { _ in }
    ) throws(BottleneckError) -> BottleneckUnit {
        try LatentModel.requireRoom(for: layout.latentShape, at: tensor)
        let tensors = try tensors(of: samples)
        let metric = FisherMetric(
            gradients: try gradients(at: tensors.kept),
            plane: layout.plane
        )
        let transform = try SpectralTransform(
            tensors: tensors.moments,
            metric: metric,
            layout: layout
        )
        let encoder = try encoder(transform)
        let steps = RateLadder(try latents(of: tensors.kept, encoder: encoder)).steps
        guard options.epochs > 0 else {
            return try unit(transform, encoder: encoder, steps: steps, tensors: tensors.kept)
        }
        let (refined, trained) = try refined(transform, steps: steps, on: samples, progress)
        return try unit(
            refined,
            encoder: self.encoder(refined),
            steps: trained,
            tensors: tensors.kept
        )
    }

    private func encoder(_ transform: SpectralTransform) throws(BottleneckError) -> [UInt8] {
        try BottleneckError.rethrowing { () throws(GraphError) in
            try transform.encoder(.integers).network(output: "latent").serialized()
        }
    }

    /// The unit of a transform, its tables fitted to some of the tensors.
    private func unit(
        _ transform: SpectralTransform,
        encoder: [UInt8],
        steps: [Float],
        tensors: [[Float]]
    ) throws(BottleneckError) -> BottleneckUnit {
        let decoder = try BottleneckError.rethrowing { () throws(GraphError) in
            try transform.decoder(.integers).network(output: "restored").serialized()
        }
        let latents = try latents(of: tensors, encoder: encoder)
        return BottleneckUnit(
            kind: .spectral,
            encoder: encoder,
            decoder: decoder,
            latentModel: try .spectral(latents: latents, layout: layout, steps: steps),
            levels: steps.enumerated().map { .init(name: "\($0.offset)", steps: [$0.element]) }
        )
    }

    /// What a unit would cost, from the moments that its design begins with.
    ///
    /// - Parameters:
    ///   - samples: What the transform is taken from.
    ///   - others: What it is tried on.
    /// - Returns: Bytes by divergence.
    /// - Throws: As `unit(for:)`.
    func rateEstimate(
        for samples: DesignSamples,
        others: DesignSamples
    ) throws(BottleneckError) -> RateEstimate {
        let own = try tensors(of: samples)
        let metric = FisherMetric(
            gradients: try gradients(at: own.kept),
            plane: layout.plane
        )
        return RateEstimate(
            try SpectralTransform(tensors: own.moments, metric: metric, layout: layout),
            tensors: try tensors(of: others).moments
        )
    }

    /// What an error costs wherever in the plane it is: the mean over all frequencies, C × C.
    ///
    /// - Throws: As `unit(for:)`.
    func channelMetric(for samples: DesignSamples) throws(BottleneckError) -> SymmetricMatrix {
        let metric = FisherMetric(
            gradients: try gradients(at: tensors(of: samples).kept),
            plane: layout.plane
        )
        let size = layout.channels
        let zero = SymmetricMatrix(size: size, [Double](repeating: 0, count: size * size))
        return zip(metric.bands, layout.plane.bands).reduce(zero) { sum, band in
            sum + Double(band.1.count) / Double(layout.plane.count) * band.0
        }
    }

    /// Multiply-accumulate operations of a unit's encoder.
    var encoderOperations: Int {
        let plane = layout.plane
        let (height, width) = (plane.keptHeight, plane.keptWidth)
        let isPlanar = plane.height * plane.width > 1
        let transform = isPlanar ? plane.height * width * (plane.width + height) : 0
        return layout.channels * (transform + layout.channels * plane.count)
    }

    // MARK: Passes over the samples

    /// Moments of the cut tensor of all samples, and the tensors themselves of some.
    private func tensors(
        of samples: DesignSamples
    ) throws(BottleneckError) -> (moments: BandMoments, kept: [[Float]]) {
        let parts = try Shards.map(samples: samples.count) { range throws(BottleneckError) in
            let pass = try TensorPass(self, batch: Self.batch)
            return try pass.run(samples, range)
        }
        let kept = parts.flatMap(\.kept)
        return (parts.map(\.moments).reduce(BandMoments(layout), +), kept)
    }

    /// Whether a sample's tensor is kept, for gradients and tables.
    func keeps(_ sample: Int, of count: Int) -> Bool {
        let kept = min(count, max(options.fisherSamples, options.tableSamples))
        return (sample + 1) * kept / count > sample * kept / count
    }

    /// Moments of the gradients at some of the tensors.
    private func gradients(at tensors: [[Float]]) throws(BottleneckError) -> BandMoments {
        let tensors = Array(tensors.prefix(options.fisherSamples))
        let parts = try Shards.map(samples: tensors.count) { range throws(BottleneckError) in
            try GradientPass(self, batch: Self.batch).run(tensors, range)
        }
        return parts.reduce(BandMoments(layout), +)
    }

    /// The latents of some of the tensors.
    private func latents(
        of tensors: [[Float]],
        encoder: [UInt8]
    ) throws(BottleneckError) -> [[Float]] {
        let count = min(options.tableSamples, tensors.count)
        let chosen = (0..<count).map { tensors[$0 * tensors.count / count] }
        return try Shards.map(samples: chosen.count) { range throws(BottleneckError) in
            do throws(InferenceError) {
                let network = try engine.compile(
                    onnx: encoder,
                    name: "the encoder",
                    shapes: .batch(1)
                )
                var latents: [[Float]] = []
                for index in range { latents.append(try network.run([chosen[index]])[0]) }
                return latents
            } catch {
                throw BottleneckError(error)
            }
        }.flatMap(\.self)
    }
}
