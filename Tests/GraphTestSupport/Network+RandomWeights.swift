import Foundation
package import Graph
import TestSupport

extension Network {
    /// This network with seeded random weights in place of those it has.
    ///
    /// Convolutions and matrices are drawn after He et al. (https://arxiv.org/abs/1502.01852,
    /// variance 2 / fan-in), biases and means from N(0, 0.1²), scales and variances near 1, so that
    /// activations neither vanish nor explode. The light networks make each weight by a
    /// ConstantOfShape node; those become stored constants.
    package func withRandomWeights(seed: UInt64) throws -> Network {
        let roles = weightRoles()
        let types = try tensorTypes()
        var model = model
        var filled: [OnnxTensorProto] = []
        func fill(_ name: String) -> Bool {
            guard let type = types[name], type.element == .float, let role = roles[name] else {
                return false
            }
            filled.append(Self.tensor(name, role.draw(type.shape, seed: seed, name: name)))
            filled[filled.count - 1].dims = type.shape.map(Int64.init)
            return true
        }
        model.graph.node.removeAll { $0.opType == "ConstantOfShape" && fill($0.output[0]) }
        model.graph.initializer.removeAll { fill($0.name) }
        let read = Set(model.graph.node.flatMap(\.readTensors))
        model.graph.initializer.removeAll { !read.contains($0.name) }
        model.graph.initializer += filled
        // From IR version 4 on, constants need not be listed among the inputs.
        model.irVersion = max(model.irVersion, 4)
        model.graph.input = [input]
        return try Network(model: model)
    }

    /// This network up to the tensor that its final Softmax reads; itself if it ends otherwise.
    package func withoutFinalSoftmax() throws -> Network {
        guard let last = model.graph.node.last(where: { $0.output.first == output.name }),
            last.opType == "Softmax"
        else { return self }
        return try cut(at: last.input[0]).head
    }

    private static func tensor(_ name: String, _ values: [Float]) -> OnnxTensorProto {
        var tensor = OnnxTensorProto()
        tensor.name = name
        tensor.dataType = Int32(OnnxTensorProto.DataType.float.rawValue)
        tensor.rawData = values.withUnsafeBytes { Data($0) }
        return tensor
    }

    /// What each constant is used for, seen through nodes that only reshape it.
    private func weightRoles() -> [String: WeightRole] {
        var roles: [String: WeightRole] = [:]
        for node in model.graph.node.reversed() {
            for (index, name) in node.input.enumerated() {
                if ["Unsqueeze", "Reshape", "Identity"].contains(node.opType) {
                    if index == 0 { roles[name] = roles[node.output[0]] }
                } else {
                    roles[name] = WeightRole(node, input: index)
                }
            }
        }
        return roles
    }
}

/// How a constant's values are drawn.
private enum WeightRole {
    case kernel, matrix, transposedMatrix, offset, factor, variance

    init?(_ node: OnnxNodeProto, input: Int) {
        let isTransposed = node.attribute.contains { $0.name == "transB" && $0.i != 0 }
        switch (node.opType, input) {
        case ("Conv", 1): self = .kernel
        case ("Gemm", 1): self = isTransposed ? .transposedMatrix : .matrix
        case ("MatMul", 1): self = .matrix
        case ("BatchNormalization", 1), ("Mul", _): self = .factor
        case ("BatchNormalization", 4): self = .variance
        case ("Conv", 2), ("Gemm", 2), ("BatchNormalization", _), ("Add", _), ("Sum", _):
            self = .offset
        default: return nil
        }
    }

    func draw(_ shape: [Int], seed: UInt64, name: String) -> [Float] {
        var generator = SeededGenerator(seed: seed, name: name)
        let normals = generator.normals(shape.reduce(1, *))
        func scaled(fanIn: Int) -> [Float] {
            let deviation = (2 / Float(fanIn)).squareRoot()
            return normals.map { $0 * deviation }
        }
        return switch self {
        case .kernel: scaled(fanIn: shape.dropFirst().reduce(1, *))
        case .transposedMatrix: scaled(fanIn: shape[1])
        case .matrix: scaled(fanIn: shape[0])
        case .offset: normals.map { 0.1 * $0 }
        case .factor: normals.map { 1 + 0.1 * $0 }
        case .variance: normals.map { 1 + 0.1 * abs($0) }
        }
    }
}
