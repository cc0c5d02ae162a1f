extension Network {
    /// Whether the network takes any number of inputs at once.
    package var hasDynamicBatch: Bool {
        guard let first = input.type.tensorType.shape.dim.first else { return false }
        return first.dimValue <= 0
    }

    /// The type of the input for a batch; nil takes the stored batch, or 1 if it is dynamic.
    ///
    /// - Throws: a dimension other than the batch that the file does not state.
    package func inputType(batch: Int? = nil) throws(GraphError) -> TensorType {
        let stored = input.type.tensorType
        var shape = stored.shape.dim.map { Int($0.dimValue) }
        guard !shape.isEmpty else { throw unknownDimension("its shape") }
        if let batch { shape[0] = batch } else if shape[0] <= 0 { shape[0] = 1 }
        if let index = shape.firstIndex(where: { $0 <= 0 }) {
            throw unknownDimension("dimension \(index)")
        }
        let element = OnnxTensorProto.DataType(rawValue: Int(stored.elemType)) ?? .undefined
        let type = TensorType(element: element, shape: shape)
        guard type.isPlausible else { throw .tooLarge("input '\(input.name)'") }
        return type
    }

    /// The type of every tensor when `batch` inputs are run at once.
    ///
    /// Nil is as for `inputType(batch:)`. Networks whose reshapes state a batch of 1 only fit 1.
    ///
    /// - Throws: an operator without a shape rule, or inputs of a node that do not fit together.
    package func tensorTypes(batch: Int? = nil) throws(GraphError) -> [String: TensorType] {
        let type = try inputType(batch: batch)
        return try ShapeInference(model.graph, inputs: [input.name: type]).types
    }

    private func unknownDimension(_ what: String) -> GraphError {
        GraphError(
            .unknownDimension,
            "input '\(input.name)'",
            "\(what) is not stated in the file",
            remedy: "export the network with fixed sizes; only the batch may stay dynamic"
        )
    }
}
