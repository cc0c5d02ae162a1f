import SwiftProtobuf

extension Network {
    /// One network that computes `next` of what this network computes.
    ///
    /// This network's tensors keep their names. The tensor between the two has the name of this
    /// network's output; those of `next` that clash with a name in here get a new one. The batch is
    /// dynamic where both parts' are.
    ///
    /// - Throws: `GraphError` when this network's output has not the type and shape of the other's
    ///   input, or their operator sets cannot be one.
    package func appending(_ next: Network) throws(GraphError) -> Network {
        try checkSeam(with: next)
        let imports = try OperatorSets.joined(model, next.model)
        try next.checkIsMovable()
        let second = Renaming(from: next, into: self).apply(to: next.model.graph)
        var joined = model
        joined.opsetImport = imports
        joined.irVersion = max(model.irVersion, next.model.irVersion)
        joined.graph.name = [model.graph.name, next.model.graph.name].filter { !$0.isEmpty }
            .joined(separator: " + ")
        joined.graph.node += second.node
        joined.graph.initializer += second.initializer
        joined.graph.sparseInitializer += second.sparseInitializer
        let constants = Set(second.constantNames)
        joined.graph.input += second.input.filter { constants.contains($0.name) }
        joined.graph.valueInfo += second.valueInfo.filter { $0.name != output.name }
        joined.graph.output = second.output
        return try Network(model: joined)
    }

    /// Throws if the network has parts that lie outside its graph.
    func checkIsMovable() throws(GraphError) {
        guard model.unknownFields.data.isEmpty else {
            throw GraphError(
                .mismatchedParts,
                "network '\(model.graph.name)'",
                "it has local functions, which cannot be moved to another graph",
                remedy: "export it with its functions inlined"
            )
        }
    }

    private func checkSeam(with next: Network) throws(GraphError) {
        let made = try tensorTypes(batch: 1)[output.name]
        let read = try next.inputType(batch: 1)
        guard let made, made != read else { return }
        throw GraphError(
            .mismatchedParts,
            "tensor '\(next.input.name)'",
            "it takes \(read.element) \(read.shape), and '\(output.name)' before it is "
                + "\(made.element) \(made.shape)",
            remedy: "export the parts with equal types and shapes where they meet"
        )
    }
}
