import Graph

extension Network {
    /// Operators that only arrange the values of their first input, or leave them as they are.
    private static let arranging: Set = [
        "Cast", "Dropout", "Flatten", "Identity", "Reshape", "Squeeze", "Transpose", "Unsqueeze",
    ]
    /// Operators that make probabilities of logits.
    private static let squashing: Set = ["Sigmoid", "Softmax"]

    /// Checks that the network computes logits, [N, classes]: divergences are those of their softmax.
    ///
    /// - Throws: `BottleneckError` when the output has another shape, or is probabilities.
    func requireLogits() throws(BottleneckError) {
        let type = try BottleneckError.rethrowing { () throws(GraphError) in
            try tensorTypes(batch: 1)[output.name]
        }
        let shape = type?.shape ?? []
        guard shape.count == 2, shape[0] == 1, shape[1] > 1 else {
            throw BottleneckError(
                "output '\(output.name)'",
                "its shape \(shape) is not that of logits, batch × classes",
                remedy: "export a classifier that ends in one number a class"
            )
        }
        guard let last = lastComputation, Self.squashing.contains(last.opType) else { return }
        throw BottleneckError(
            "output '\(output.name)'",
            "it holds probabilities, made by \(last.opType), and logits are needed",
            remedy: "export the network without its last \(last.opType)"
        )
    }

    /// The node whose values the output holds, however arranged.
    private var lastComputation: OnnxNodeProto? {
        var name = output.name
        while let node = model.graph.node.first(where: { $0.output.contains(name) }) {
            guard Self.arranging.contains(node.opType), let input = node.input.first else {
                return node
            }
            name = input
        }
        return nil
    }
}
