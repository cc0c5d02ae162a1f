extension OnnxGraphProto {
    /// The tensors whose values change when those of `variables` do, differentiably.
    ///
    /// - Throws: such a tensor that is not float32.
    func differentiableTensors(
        dependingOn variables: [String],
        shapes: ShapeInference
    ) throws(GraphError) -> Set<String> {
        var active: Set<String> = []
        func activate(_ name: String) throws(GraphError) {
            // Integers and truth values are piecewise constant.
            guard let element = shapes.types[name]?.element, element.isFloatingPoint else { return }
            guard element == .float else {
                throw GraphError(
                    .noGradient,
                    "tensor '\(name)'",
                    "it is \(element), and gradients are computed in float32",
                    remedy: "export the network in float32"
                )
            }
            active.insert(name)
        }
        for name in variables { try activate(name) }
        for node in node where node.readTensors.contains(where: active.contains) {
            for name in node.output where !name.isEmpty { try activate(name) }
        }
        return active
    }

    /// The tensors that are made from `sources`, and those themselves.
    func tensors(dependingOn sources: Set<String>) -> Set<String> {
        var reached = sources
        for node in node where node.readTensors.contains(where: reached.contains) {
            reached.formUnion(node.output.filter { !$0.isEmpty })
        }
        return reached
    }

    /// Drops the nodes and constants that no output needs; inputs stay.
    mutating func keepOnlyWhatOutputsNeed() {
        var needed = Set(output.map(\.name))
        var kept: [OnnxNodeProto] = []
        for node in node.reversed() where node.output.contains(where: needed.contains) {
            needed.formUnion(node.readTensors)
            kept.append(node)
        }
        node = kept.reversed()
        initializer.removeAll { !needed.contains($0.name) }
        sparseInitializer.removeAll { !needed.contains($0.values.name) }
    }
}
