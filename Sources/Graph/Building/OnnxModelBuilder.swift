import Foundation

/// Puts a network together, node by node.
///
///     var builder = OnnxModelBuilder(name: "encoder", input: "tensor", shape: [64, 7, 7])
///     let weights = builder.constant("weights", matrix, [64, 64, 1, 1])
///     let latent = builder.node("Conv", [builder.input, weights], "latent")
///     let network = try builder.network(output: latent)
package struct OnnxModelBuilder {
    /// Operators are written as this version of ONNX defines them.
    package static let operatorSet = 17

    /// The name of the tensor that the network reads.
    package let input: String
    var model = OnnxModelProto()

    /// A network that reads float32 of `shape` after a batch dimension, which stays open.
    package init(name: String, input: String, shape: [Int]) {
        self.input = input
        model.irVersion = 8
        var imported = OnnxOperatorSetIdProto()
        imported.version = Int64(Self.operatorSet)
        model.opsetImport = [imported]
        model.graph.name = name
        var value = Self.value(input)
        value.type.tensorType.shape.dim = [OnnxTensorShapeProto.Dimension()]
        value.type.tensorType.shape.dim[0].dimParam = "N"
        for size in shape {
            var dimension = OnnxTensorShapeProto.Dimension()
            dimension.dimValue = Int64(size)
            value.type.tensorType.shape.dim.append(dimension)
        }
        model.graph.input = [value]
    }

    /// Adds a node with one output, and returns the output's name.
    @discardableResult
    package mutating func node(
        _ operation: String,
        _ inputs: [String],
        _ output: String,
        _ attributes: OnnxAttributeProto...
    ) -> String {
        var node = OnnxNodeProto()
        node.name = output
        node.opType = operation
        node.input = inputs
        node.output = [output]
        node.attribute = attributes
        model.graph.node.append(node)
        return output
    }

    /// Adds a float32 constant, and returns its name.
    package mutating func constant(_ name: String, _ values: [Float], _ shape: [Int]) -> String {
        constant(name, .float, values.map(\.bitPattern), shape)
    }

    /// Adds a list of 64-bit integers, and returns its name.
    package mutating func constant(_ name: String, integers: [Int]) -> String {
        constant(name, .int64, integers.map(Int64.init), [integers.count])
    }

    /// Adds a constant of 8-bit integers, and returns its name.
    package mutating func constant(_ name: String, bytes: [Int8], _ shape: [Int]) -> String {
        constant(name, .int8, bytes, shape)
    }

    /// The network that computes `output`.
    ///
    /// - Throws: What `Network.init(model:)` throws.
    package func network(output: String) throws(GraphError) -> Network {
        try Network(model: model(outputs: [output]))
    }

    /// The model that computes several tensors.
    package func model(outputs: [String]) -> OnnxModelProto {
        var model = model
        model.graph.output = outputs.map(Self.value)
        return model
    }

    private mutating func constant(
        _ name: String,
        _ element: OnnxTensorProto.DataType,
        _ values: [some FixedWidthInteger],
        _ shape: [Int]
    ) -> String {
        precondition(values.count == shape.reduce(1, *), "'\(name)' fills its shape")
        var tensor = OnnxTensorProto()
        tensor.name = name
        tensor.dataType = Int32(element.rawValue)
        tensor.dims = shape.map(Int64.init)
        tensor.rawData = values.map(\.littleEndian).withUnsafeBytes { Data($0) }
        model.graph.initializer.append(tensor)
        return name
    }

    static func value(_ name: String) -> OnnxValueInfoProto {
        var value = OnnxValueInfoProto()
        value.name = name
        value.type.tensorType.elemType = Int32(OnnxTensorProto.DataType.float.rawValue)
        return value
    }
}
