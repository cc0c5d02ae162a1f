package import Graph

/// Puts small networks together, node by node.
package struct NetworkBuilder {
    package var model = OnnxModelProto()

    /// A network whose input `x` has `shape`; 0 is a dynamic dimension.
    package init(input shape: [Int]) {
        model.irVersion = 8
        var opset = OnnxOperatorSetIdProto()
        opset.version = 13
        model.opsetImport = [opset]
        model.graph.input = [Self.value("x", shape)]
    }

    /// A float constant of zeros.
    package mutating func constant(_ name: String, _ shape: [Int]) {
        var tensor = OnnxTensorProto()
        tensor.name = name
        tensor.dataType = 1
        tensor.dims = shape.map(Int64.init)
        tensor.floatData = [Float](repeating: 0, count: shape.reduce(1, *))
        model.graph.initializer.append(tensor)
    }

    package mutating func constant(_ name: String, integers: [Int]) {
        var tensor = OnnxTensorProto()
        tensor.name = name
        tensor.dataType = 7
        tensor.dims = [Int64(integers.count)]
        tensor.int64Data = integers.map(Int64.init)
        model.graph.initializer.append(tensor)
    }

    package mutating func node(
        _ kind: String,
        _ inputs: [String],
        _ outputs: String...,
        integers: [String: Int] = [:],
        lists: [String: [Int]] = [:]
    ) {
        var node = OnnxNodeProto()
        node.opType = kind
        node.input = inputs
        node.output = outputs
        node.attribute =
            integers.sorted { $0.key < $1.key }.map { name, value in
                var attribute = OnnxAttributeProto()
                attribute.name = name
                attribute.type = .int
                attribute.i = Int64(value)
                return attribute
            }
            + lists.sorted { $0.key < $1.key }.map { name, values in
                var attribute = OnnxAttributeProto()
                attribute.name = name
                attribute.type = .ints
                attribute.ints = values.map(Int64.init)
                return attribute
            }
        model.graph.node.append(node)
    }

    /// The network that ends at `output`.
    package func network(output: String) throws -> Network {
        var model = model
        model.graph.output = [Self.value(output, nil)]
        return try Network(model: model)
    }

    private static func value(_ name: String, _ shape: [Int]?) -> OnnxValueInfoProto {
        var value = OnnxValueInfoProto()
        value.name = name
        value.type.tensorType.elemType = 1
        guard let shape else { return value }
        value.type.tensorType.shape.dim = shape.map { size in
            var dimension = OnnxTensorShapeProto.Dimension()
            if size > 0 { dimension.dimValue = Int64(size) } else { dimension.dimParam = "N" }
            return dimension
        }
        return value
    }
}
