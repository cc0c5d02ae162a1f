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

    package init(tensors: [[Float]], logits: [[Float]], features: [[Float]]) {
        precondition(!tensors.isEmpty, "training needs samples")
        precondition(tensors.count == logits.count && tensors.count == features.count)
        (self.tensors, self.logits, self.features) = (tensors, logits, features)
    }

    /// How many samples.
    package var count: Int { tensors.count }

    /// Every `stride`-th sample, from the first on.
    package func every(_ stride: Int) -> TrainingData {
        let indices = Swift.stride(from: 0, to: count, by: stride)
        return TrainingData(
            tensors: indices.map { tensors[$0] },
            logits: indices.map { logits[$0] },
            features: indices.map { features[$0] }
        )
    }

    /// All samples but those of `every(_:)`.
    func excepting(every stride: Int) -> TrainingData {
        let indices = (0..<count).filter { $0 % stride != 0 }
        return TrainingData(
            tensors: indices.map { tensors[$0] },
            logits: indices.map { logits[$0] },
            features: indices.map { features[$0] }
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
            features: parts.flatMap(\.features)
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
