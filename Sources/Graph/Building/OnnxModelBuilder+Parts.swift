import Foundation

extension OnnxModelBuilder {
    /// Adds a float32 input of fixed shape, and returns its name.
    package mutating func input(_ name: String, _ shape: [Int]) -> String {
        model.graph.input.append(Self.value(name, shape: shape))
        return name
    }

    /// Adds all of a network, which is to read the tensor `input`; its other names get `prefix`.
    ///
    /// - Parameters:
    ///   - network: What to add.
    ///   - input: A tensor of the type and shape that it reads.
    ///   - prefix: For its names, so that they differ from all others.
    ///   - parameters: Its initializers that become inputs of the whole, by their own names.
    /// - Returns: The name of its output.
    /// - Throws: `GraphError` when it is written in operators that mean something else here.
    package mutating func append(
        _ network: Network,
        reading input: String,
        prefix: String,
        parameters: [String] = []
    ) throws(GraphError) -> String {
        try network.checkIsMovable()
        model.opsetImport = try OperatorSets.joined(model, network.model)
        let renaming = Renaming(of: network, input: input, prefix: prefix)
        let part = renaming.apply(to: network.model.graph)
        let promoted = Set(parameters.map { prefix + $0 })
        model.graph.node += part.node
        model.graph.sparseInitializer += part.sparseInitializer
        for tensor in part.initializer {
            if promoted.contains(tensor.name) {
                model.graph.input.append(Self.value(tensor.name, shape: tensor.shape))
            } else {
                model.graph.initializer.append(tensor)
            }
        }
        return prefix + network.output.name
    }

    private static func value(_ name: String, shape: [Int]) -> OnnxValueInfoProto {
        var value = value(name)
        // A scalar's shape is there, with no dimensions.
        value.type.tensorType.shape = OnnxTensorShapeProto()
        value.type.tensorType.shape.dim = shape.map { size in
            var dimension = OnnxTensorShapeProto.Dimension()
            dimension.dimValue = Int64(size)
            return dimension
        }
        return value
    }
}

extension OnnxGraphProto {
    /// Replaces the values of a float32 initializer.
    package mutating func setInitializer(_ name: String, _ values: [Float]) {
        guard let index = initializer.firstIndex(where: { $0.name == name }) else {
            preconditionFailure("the graph has an initializer '\(name)'")
        }
        precondition(values.count == initializer[index].shape.reduce(1, *), "it fills its shape")
        initializer[index].floatData = []
        initializer[index].rawData = values.map(\.bitPattern.littleEndian).withUnsafeBytes {
            Data($0)
        }
    }
}
