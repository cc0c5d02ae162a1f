extension OnnxNodeProto {
    /// How messages name the node: its operator, and its name or first output.
    package var label: String {
        let own = name.isEmpty ? (output.first ?? "") : name
        return "\(opType) '\(own)'"
    }

    /// Every tensor that the node reads, those that its subgraphs take from outside included.
    package var readTensors: [String] {
        input.filter { !$0.isEmpty }
            + attribute.flatMap { attribute in
                (attribute.hasG ? [attribute.g] : []) + attribute.graphs
            }.flatMap(\.capturedTensors)
    }

    /// The name of input `index`, nil where an optional input is left out.
    func inputName(_ index: Int) -> String? {
        guard input.indices.contains(index), !input[index].isEmpty else { return nil }
        return input[index]
    }

    func attribute(_ name: String) -> OnnxAttributeProto? {
        attribute.first { $0.name == name }
    }

    /// The largest attribute value that takes part in the arithmetic of shapes.
    private static let largestGeometry: Int64 = 1 << 24

    func integer(_ name: String, default fallback: Int) throws(GraphError) -> Int {
        guard let attribute = attribute(name) else { return fallback }
        return try geometry(attribute.i)
    }

    func integers(_ name: String) throws(GraphError) -> [Int]? {
        guard let attribute = attribute(name) else { return nil }
        var values: [Int] = []
        for value in attribute.ints { values.append(try geometry(value)) }
        return values
    }

    func float(_ name: String, default fallback: Float) -> Float {
        attribute(name)?.f ?? fallback
    }

    func string(_ name: String) -> String? {
        attribute(name).map { String(decoding: $0.s, as: UTF8.self) }
    }

    private func geometry(_ value: Int64) throws(GraphError) -> Int {
        // Slices and reductions write "to the end" as the largest integer.
        guard value != .max, value != .min else {
            return Int(value.signum() * Self.largestGeometry)
        }
        guard abs(value) <= Self.largestGeometry || abs(value) >= Int64(Int32.max) else {
            throw .tooLarge("node \(label)")
        }
        return Int(min(max(value, -Self.largestGeometry), Self.largestGeometry))
    }
}

extension OnnxGraphProto {
    /// The tensors that a subgraph reads from the graph around it.
    var capturedTensors: [String] {
        var own = Set(input.map(\.name)).union(initializer.map(\.name))
        var captured: [String] = []
        for node in node {
            captured += node.readTensors.filter { !own.contains($0) }
            own.formUnion(node.output)
        }
        return captured + output.map(\.name).filter { !own.contains($0) }
    }
}
