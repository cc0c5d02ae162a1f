import Foundation
import Graph
import GraphTestSupport
import TestSupport

/// A small ONNX graph with values for everything that it reads.
struct TestGraph {
    private(set) var model = OnnxModelProto()
    /// The values of inputs and constants, by name.
    private(set) var values: [String: [Float]] = [:]
    private var generator: SeededGenerator

    enum Attribute {
        case integer(Int)
        case integers([Int])
        case float(Float)
        case string(String)
    }

    /// What values are drawn from.
    enum Draw {
        /// N(0, 1).
        case normal
        /// N(0, 1), pushed 0.2 away from the places given.
        case awayFrom([Float])
        /// 0.5 to 2.
        case positive
        /// Distinct, 0.2 apart and in random order.
        case distinct
    }

    init(operatorSet: Int = 17, seed: UInt64 = 1) {
        generator = SeededGenerator(seed: seed)
        model.irVersion = 8
        var opset = OnnxOperatorSetIdProto()
        opset.version = Int64(operatorSet)
        model.opsetImport = [opset]
    }

    mutating func input(_ name: String, _ shape: [Int], _ draw: Draw = .normal) {
        values[name] = draw.values(shape.reduce(1, *), &generator)
        var value = OnnxValueInfoProto()
        value.name = name
        value.type.tensorType.elemType = 1
        value.type.tensorType.shape = OnnxTensorShapeProto()
        value.type.tensorType.shape.dim = shape.map { size in
            var dimension = OnnxTensorShapeProto.Dimension()
            dimension.dimValue = Int64(size)
            return dimension
        }
        model.graph.input.append(value)
    }

    mutating func constant(_ name: String, _ shape: [Int], _ draw: Draw = .normal) {
        constant(name, shape, values: draw.values(shape.reduce(1, *), &generator))
    }

    mutating func constant(_ name: String, _ shape: [Int], values: [Float]) {
        self.values[name] = values
        var tensor = OnnxTensorProto()
        tensor.name = name
        tensor.dataType = 1
        tensor.dims = shape.map(Int64.init)
        tensor.floatData = values
        model.graph.initializer.append(tensor)
    }

    mutating func integers(_ name: String, _ values: [Int], shape: [Int]? = nil) {
        var tensor = OnnxTensorProto()
        tensor.name = name
        tensor.dataType = 7
        tensor.dims = (shape ?? [values.count]).map(Int64.init)
        tensor.int64Data = values.map(Int64.init)
        model.graph.initializer.append(tensor)
    }

    mutating func truths(_ name: String, _ values: [Bool]) {
        var tensor = OnnxTensorProto()
        tensor.name = name
        tensor.dataType = 9
        tensor.dims = [Int64(values.count)]
        tensor.int32Data = values.map { $0 ? 1 : 0 }
        model.graph.initializer.append(tensor)
    }

    mutating func node(
        _ kind: String,
        _ inputs: [String],
        _ outputs: [String] = ["y"],
        _ attributes: [(String, Attribute)] = []
    ) {
        var node = OnnxNodeProto()
        node.opType = kind
        node.input = inputs
        node.output = outputs
        node.attribute = attributes.map { name, value in value.proto(name) }
        model.graph.node.append(node)
    }
}

extension TestGraph.Draw {
    fileprivate func values(_ count: Int, _ generator: inout SeededGenerator) -> [Float] {
        let normals = generator.normals(count)
        switch self {
        case .normal: return normals
        case .awayFrom(let places):
            return normals.map { value in
                let nearest = places.min { abs($0 - value) < abs($1 - value) } ?? .infinity
                return abs(value - nearest) < 0.2 ? nearest + (value < nearest ? -0.2 : 0.2) : value
            }
        case .positive: return normals.map { 0.5 + 1.5 / (1 + exp(-$0)) }
        case .distinct:
            var places = (0..<count).map { 0.2 * Float($0 - count / 2) + 0.1 }
            places.shuffle(using: &generator)
            return places
        }
    }
}

extension TestGraph.Attribute {
    fileprivate func proto(_ name: String) -> OnnxAttributeProto {
        var attribute = OnnxAttributeProto()
        attribute.name = name
        switch self {
        case .integer(let value):
            attribute.type = .int
            attribute.i = Int64(value)
        case .integers(let values):
            attribute.type = .ints
            attribute.ints = values.map(Int64.init)
        case .float(let value):
            attribute.type = .float
            attribute.f = value
        case .string(let value):
            attribute.type = .string
            attribute.s = Data(value.utf8)
        }
        return attribute
    }
}
