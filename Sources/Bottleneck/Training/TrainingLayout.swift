import Graph

/// The parts of a training graph, and the shapes of what passes between them.
struct TrainingLayout: Sendable {
    let encoder: Network
    let decoder: Network
    let tail: Network
    /// A late tensor of the tail, or its input.
    let feature: String
    /// Of the cut tensor for one sample.
    let tensorShape: [Int]
    /// [K, h, w] or [K].
    let latentShape: [Int]
    let featureShape: [Int]
    let classes: Int
    /// Of each latent position.
    let groups: [UInt8]
    /// At the start; of each level, one or as many as channels.
    let steps: [[Float]]
    let parameters: [TrainedParameter]

    var channels: Int { latentShape[0] }
    var positions: Int { latentShape.dropFirst().reduce(1, *) }
    var groupCount: Int { Int(groups.max() ?? 0) + 1 }

    init(
        encoder: Network,
        decoder: Network,
        tail: Network,
        feature: String,
        groups: [UInt8],
        steps: [[Float]],
        parameters: [TrainedParameter]
    ) throws(GraphError) {
        (self.encoder, self.decoder, self.tail) = (encoder, decoder, tail)
        (self.feature, self.groups, self.steps) = (feature, groups, steps)
        self.parameters = parameters
        func shape(_ network: Network, _ tensor: String) throws(GraphError) -> [Int] {
            guard let type = try network.tensorTypes(batch: 1)[tensor] else {
                throw GraphError(
                    .undefinedTensor,
                    "tensor '\(tensor)'",
                    "the network has no such tensor behind the cut",
                    remedy: "name one between the cut and the network's output"
                )
            }
            return Array(type.shape.dropFirst())
        }
        tensorShape = try shape(tail, tail.input.name)
        latentShape = try shape(encoder, encoder.output.name)
        featureShape = try shape(tail, feature)
        classes = try shape(tail, tail.output.name).reduce(1, *)
        let positions = latentShape.dropFirst().reduce(1, *)
        let perLevel = steps.first?.count ?? 0
        precondition([1, latentShape[0]].contains(perLevel), "one step, or one for each channel")
        precondition(steps.allSatisfy { $0.count == perLevel }, "levels have as many steps")
        precondition(groups.count == positions, "every latent position has a group")
        for parameter in parameters { try requireInitializer(parameter) }
    }

    /// The trained initializers of one part.
    func names(_ part: TrainedParameter.Part) -> [String] {
        parameters.filter { $0.part == part }.map(\.name)
    }

    func network(_ part: TrainedParameter.Part) -> Network {
        part == .encoder ? encoder : decoder
    }

    /// What a trained initializer holds.
    func values(_ parameter: TrainedParameter) -> [Float] {
        initializer(parameter)?.floats ?? []
    }

    /// A trained initializer's learning rate in units of 1.
    func rate(_ parameter: TrainedParameter) -> Float {
        let values = values(parameter)
        let square = values.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(values.count)
        let scale = parameter.scale ?? Float(square.squareRoot())
        precondition(scale > 0, "\(parameter.graphName) is not zero or has a scale")
        return parameter.learningRate * scale
    }

    private func initializer(_ parameter: TrainedParameter) -> OnnxTensorProto? {
        network(parameter.part).model.graph.initializer.first { $0.name == parameter.name }
    }

    private func requireInitializer(_ parameter: TrainedParameter) throws(GraphError) {
        guard initializer(parameter)?.floats != nil else {
            throw GraphError(
                .undefinedTensor,
                "tensor '\(parameter.name)'",
                "the \(parameter.part.rawValue) has no float32 initializer of this name",
                remedy: "name one to be trained"
            )
        }
    }
}

extension TrainedParameter {
    /// Its name in the training graph.
    var graphName: String { part.prefix + name }
}

extension TrainedParameter.Part {
    /// Of the part's names in the training graph.
    var prefix: String { "\(rawValue)/" }
}
