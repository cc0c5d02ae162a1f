package import Graph
package import Inference

/// What a unit is trained on: tensors at the cut, and what the uncut network makes of them.
package struct TrainingData: Sendable {
    /// The cut tensor of each sample.
    package var tensors: [[Float]]
    /// The uncut network's output for each.
    package var logits: [[Float]]
    /// A late tensor of the uncut network for each.
    package var features: [[Float]]
    /// How many samples in a row are views of the same image.
    package var views: Int

    package init(tensors: [[Float]], logits: [[Float]], features: [[Float]], views: Int = 1) {
        precondition(!tensors.isEmpty, "training needs samples")
        precondition(tensors.count == logits.count && tensors.count == features.count)
        (self.tensors, self.logits, self.features) = (tensors, logits, features)
        self.views = views
    }

    /// How many samples.
    package var count: Int { tensors.count }

    /// Every `stride`-th sample, from the first on.
    package func every(_ stride: Int) -> TrainingData {
        subset(Array(Swift.stride(from: 0, to: count, by: stride)), views: 1)
    }

    /// All views of every `stride`-th image, from the first on, for validation, and those of the others.
    ///
    /// No image is on both sides, unless there are fewer than `stride`: all samples are, then.
    func split(every stride: Int) -> (training: TrainingData, validation: TrainingData) {
        guard count / views >= stride else { return (self, self) }
        func isKept(_ sample: Int) -> Bool { sample / views % stride == 0 }
        return (
            subset((0..<count).filter { !isKept($0) }, views: views),
            subset((0..<count).filter(isKept), views: views)
        )
    }

    private func subset(_ indices: [Int], views: Int) -> TrainingData {
        TrainingData(
            tensors: indices.map { tensors[$0] },
            logits: indices.map { logits[$0] },
            features: indices.map { features[$0] },
            views: views
        )
    }

    /// Runs the uncut network on samples.
    ///
    /// - Parameters:
    ///   - samples: What the network reads.
    ///   - network: Ends in logits.
    ///   - tensor: At the cut.
    ///   - feature: The late tensor's name.
    ///   - engine: Runs the network.
    /// - Throws: `BottleneckError` when a sample cannot be read, or a tensor is not there.
    package init(
        _ samples: DesignSamples,
        network: Network,
        tensor: String,
        feature: String,
        engine: InferenceEngine
    ) throws(BottleneckError) {
        var model = network.model
        for name in [tensor, feature] {
            var output = OnnxValueInfoProto()
            output.name = name
            output.type.tensorType.elemType = Int32(OnnxTensorProto.DataType.float.rawValue)
            model.graph.output.append(output)
        }
        if tensor == feature { model.graph.output.removeLast() }
        let whole = model
        let parts = try Shards.map(samples: samples.count) { range throws(BottleneckError) in
            try Self.run(
                samples,
                range,
                on: engine.compile(whole, name: "the network", batch: 1)
            )
        }
        self.init(
            tensors: parts.flatMap(\.tensors),
            logits: parts.flatMap(\.logits),
            features: parts.flatMap(\.features),
            views: samples.views
        )
    }

    private static func run(
        _ samples: DesignSamples,
        _ range: Range<Int>,
        on network: CompiledNetwork
    ) throws(BottleneckError) -> TrainingData {
        var (tensors, logits, features): ([[Float]], [[Float]], [[Float]]) = ([], [], [])
        for index in range {
            try network.withInput(0) { input throws(BottleneckError) in
                try samples.write(index, to: input)
            }
            do throws(InferenceError) {
                try network.infer()
            } catch {
                throw BottleneckError(error)
            }
            logits.append(network.withOutput(0) { Array($0) })
            tensors.append(network.withOutput(1) { Array($0) })
            features.append(network.withOutput(network.outputs.count - 1) { Array($0) })
        }
        return TrainingData(tensors: tensors, logits: logits, features: features)
    }
}
