extension Network {
    /// Cuts the network in two at a split point.
    ///
    /// The head reads the network's input and computes the tensor; the tail reads the tensor, under
    /// the same name, and computes the network's output. Each holds just the constants that it
    /// needs. A batch that is dynamic stays so.
    ///
    /// - Throws: a tensor that is unknown or does not alone separate input from output.
    package func cut(at tensor: String) throws(GraphError) -> (head: Network, tail: Network) {
        let head = flow.ancestors(of: tensor, given: "")
        let tail = flow.ancestors(of: output.name, given: tensor)
        guard tensor != input.name, tensor != output.name, flow.data.contains(tensor),
            tail.reads.contains(tensor), !tail.reads.contains(input.name)
        else {
            throw notASplitPoint(tensor)
        }
        let border = try border(at: tensor)
        return (
            head: try part("head", head, input: input, output: border),
            tail: try part("tail", tail, input: border, output: output)
        )
    }

    private func part(
        _ role: String,
        _ kept: (nodes: [Int], reads: Set<String>),
        input: OnnxValueInfoProto,
        output: OnnxValueInfoProto
    ) throws(GraphError) -> Network {
        var model = model
        let whole = model.graph
        let constants = Set(whole.constantNames).intersection(kept.reads)
        model.graph.name = whole.name.isEmpty ? role : "\(whole.name) \(role)"
        model.graph.node = kept.nodes.map { whole.node[$0] }
        model.graph.initializer = whole.initializer.filter { constants.contains($0.name) }
        model.graph.sparseInitializer = whole.sparseInitializer.filter {
            constants.contains($0.values.name)
        }
        model.graph.input = [input] + whole.input.filter { constants.contains($0.name) }
        model.graph.output = [output]
        let inside = Set(model.graph.node.flatMap(\.output)).subtracting([output.name])
        model.graph.valueInfo = whole.valueInfo.filter { inside.contains($0.name) }
        return try Network(model: model)
    }

    /// Describes the tensor where the parts meet.
    ///
    /// Dimensions that change with the batch are dynamic, the first under the input's own name for
    /// its batch.
    private func border(at tensor: String) throws(GraphError) -> OnnxValueInfoProto {
        let types = try tensorTypes()
        guard let type = types[tensor] else { throw notASplitPoint(tensor) }
        let doubled = try doubledShape(of: tensor)
        var value = OnnxValueInfoProto()
        value.name = tensor
        value.type.tensorType.elemType = Int32(type.element.rawValue)
        value.type.tensorType.shape.dim = type.shape.indices.map { index in
            var dimension = OnnxTensorShapeProto.Dimension()
            guard let doubled, doubled[index] != type.shape[index] else {
                dimension.dimValue = Int64(type.shape[index])
                return dimension
            }
            let batch = input.type.tensorType.shape.dim[0]
            if index == 0, type.shape[0] == 1, !batch.dimParam.isEmpty {
                dimension.dimParam = batch.dimParam
            }
            return dimension
        }
        return value
    }

    /// The tensor's shape for a batch of two, nil when the network only takes a fixed batch.
    private func doubledShape(of tensor: String) throws(GraphError) -> [Int]? {
        guard hasDynamicBatch else { return nil }
        do {
            return try tensorTypes(batch: 2)[tensor]?.shape
        } catch  where error.kind == .invalidNode {
            // A reshape further on states a batch of 1, though the input does not.
            return nil
        }
    }

    private func notASplitPoint(_ tensor: String) -> GraphError {
        let points = separators().map(\.tensor)
        let examples = points.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
        let problem =
            tensor == input.name || tensor == output.name
            ? "it is the network's own input or output"
            : flow.producer[tensor] == nil
                ? "the network has no such tensor" : "it does not alone separate input from output"
        return GraphError(
            .notASplitPoint,
            "tensor '\(tensor)'",
            problem,
            remedy: points.isEmpty
                ? "this network cannot be split"
                : "name one of the \(points.count) that `simcoord splits` lists, such as \(examples)"
        )
    }
}
