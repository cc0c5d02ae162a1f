import Foundation

/// Writes the backward pass of a graph, last node first.
///
/// Tensors are named; `emit` infers the type of each that it adds, so that a rule whose shapes are
/// wrong is caught when it is written down.
struct GradientBuilder {
    /// The types of forward and backward tensors.
    private(set) var shapes: ShapeInference
    /// The nodes of the backward pass.
    private(set) var nodes: [OnnxNodeProto] = []
    /// The constants that they read.
    private(set) var constants: [OnnxTensorProto] = []
    /// The version of the standard operators that the nodes are written for.
    let operatorSet: Int
    private let active: Set<String>
    /// The tensors that depend on an input of the graph or on a variable.
    private let computed: Set<String>
    private let stored: [String: OnnxTensorProto]
    /// What each forward tensor's readers have handed back so far.
    private var contributions: [String: [String]] = [:]

    init(
        _ graph: OnnxGraphProto,
        shapes: ShapeInference,
        operatorSet: Int,
        active: Set<String>
    ) {
        self.shapes = shapes
        self.operatorSet = operatorSet
        self.active = active
        var stored: [String: OnnxTensorProto] = [:]
        for tensor in graph.initializer { stored[tensor.name] = tensor }
        for node in graph.node where node.opType == "Constant" {
            guard let name = node.output.first, let value = node.attribute("value") else {
                continue
            }
            stored[name] = value.t
        }
        computed = graph.tensors(
            dependingOn: active.union(graph.input.map(\.name).filter { stored[$0] == nil })
        )
        self.stored = stored
    }

    // MARK: The forward pass

    func type(_ name: String) -> TensorType {
        guard let type = shapes.types[name] else { preconditionFailure("no tensor '\(name)'") }
        return type
    }

    func shape(_ name: String) -> [Int] { type(name).shape }

    /// The name of input `index` of `node` if it takes part in the gradient.
    func variable(_ node: OnnxNodeProto, _ index: Int) -> String? {
        node.inputName(index).flatMap { active.contains($0) ? $0 : nil }
    }

    /// The name of input `index`, which the operator must have.
    func input(_ node: OnnxNodeProto, _ index: Int) throws(GraphError) -> String {
        guard let name = node.inputName(index) else {
            throw .invalid(node, "input \(index) is missing")
        }
        return name
    }

    /// Input `index` of `node`; if it is constant, as a constant of its own.
    ///
    /// OpenVINO 2026.4 packs a constant weight once for all that read it. Where the backward pass
    /// reads it transposed, which it always does, and it is square, that gives wrong results.
    mutating func ownInput(_ node: OnnxNodeProto, _ index: Int) throws(GraphError) -> String {
        let name = try input(node, index)
        if computed.contains(name) { return name }
        if let tensor = stored[name] { return add(tensor) }
        // Worked out from constants when the graph is compiled, and so are two changes of sign.
        return try emit("Neg", [emit("Neg", [name])])
    }

    /// The integers of a constant, nil if it is computed or of another type.
    func constantIntegers(_ name: String) -> [Int]? {
        shapes.integers[name] ?? (active.contains(name) ? nil : stored[name]?.integers)
    }

    /// The values of a constant, nil if it is computed, a variable or of another type.
    func constantFloats(_ name: String) -> [Float]? {
        active.contains(name) ? nil : stored[name]?.floats
    }

    // MARK: The backward pass

    /// Adds a node with one output.
    ///
    /// - Returns: The output's name.
    mutating func emit(
        _ operation: String,
        _ inputs: [String],
        _ attributes: [OnnxAttributeProto] = [],
        output: String? = nil
    ) throws(GraphError) -> String {
        var node = OnnxNodeProto()
        node.opType = operation
        node.input = inputs
        node.output = [output ?? unusedName("backward/\(nodes.count)/\(operation)")]
        node.name = node.output[0]
        node.attribute = attributes
        try shapes.infer(node)
        nodes.append(node)
        return node.output[0]
    }

    /// Adds a float constant.
    mutating func constant(_ values: [Float], _ shape: [Int]) -> String {
        var tensor = OnnxTensorProto()
        tensor.dataType = Int32(OnnxTensorProto.DataType.float.rawValue)
        tensor.dims = shape.map(Int64.init)
        tensor.rawData = Data(values.flatMap { $0.bitPattern.littleEndianBytes })
        return add(tensor)
    }

    /// Adds a float scalar.
    mutating func constant(_ value: Float) -> String { constant([value], []) }

    /// Adds a list of integers.
    mutating func constant(integers: [Int]) -> String {
        var tensor = OnnxTensorProto()
        tensor.dataType = Int32(OnnxTensorProto.DataType.int64.rawValue)
        tensor.dims = [Int64(integers.count)]
        tensor.rawData = Data(integers.flatMap { Int64($0).littleEndianBytes })
        return add(tensor)
    }

    private mutating func add(_ constant: OnnxTensorProto) -> String {
        var tensor = constant
        tensor.name = unusedName("backward/constant/\(constants.count)")
        shapes.store(tensor, as: tensor.name)
        constants.append(tensor)
        return tensor.name
    }

    private func unusedName(_ wanted: String) -> String {
        var name = wanted
        while shapes.types[name] != nil { name += "'" }
        return name
    }

    // MARK: Gradients

    /// Adds the seed, as the target's gradient.
    ///
    /// - Returns: Its name if it is an input.
    mutating func seed(_ request: DifferentiationRequest) throws(GraphError) -> String? {
        let type = type(request.target)
        switch request.seed {
        case .ones:
            let ones = [Float](repeating: 1, count: type.elements)
            contributions[request.target] = [constant(ones, type.shape)]
            return nil
        case .input(let wanted):
            let name = unusedName(wanted)
            shapes.declare(name, type)
            contributions[request.target] = [name]
            return name
        }
    }

    /// Hands a gradient back to input `index` of `node`, in that input's shape.
    mutating func contribute(
        _ gradient: String,
        to node: OnnxNodeProto,
        _ index: Int
    ) throws(GraphError) {
        let name = try input(node, index)
        guard shape(gradient) == shape(name) else {
            throw .invalid(
                node,
                "the gradient \(shape(gradient)) does not fit its input \(shape(name))"
            )
        }
        contributions[name, default: []].append(gradient)
    }

    /// The whole gradient for a tensor, nil if nothing that the target depends on reads it.
    mutating func gradient(of name: String) throws(GraphError) -> String? {
        guard let parts = contributions[name], var sum = parts.first else { return nil }
        for part in parts.dropFirst() { sum = try emit("Add", [sum, part]) }
        contributions[name] = [sum]
        return sum
    }

    /// Names the gradients for the variables, each an output of its own.
    mutating func gradients(for variables: [String]) throws(GraphError) -> [String] {
        var names: [String] = []
        for variable in variables {
            guard let gradient = try gradient(of: variable) else {
                throw GraphError(
                    .disconnected,
                    "tensor '\(variable)'",
                    "the target does not depend on it, so that it has no gradient",
                    remedy: "leave it out, or differentiate a tensor that depends on it"
                )
            }
            let name = unusedName("gradient/\(variable)")
            names.append(try emit("Identity", [gradient], output: name))
        }
        return names
    }

    /// The description of a tensor as an input or output of the graph.
    func value(_ name: String) -> OnnxValueInfoProto {
        let type = type(name)
        var value = OnnxValueInfoProto()
        value.name = name
        value.type.tensorType.elemType = Int32(type.element.rawValue)
        // A scalar's shape is there, with no dimensions.
        value.type.tensorType.shape = OnnxTensorShapeProto()
        value.type.tensorType.shape.dim = type.shape.map { size in
            var dimension = OnnxTensorShapeProto.Dimension()
            dimension.dimValue = Int64(size)
            return dimension
        }
        return value
    }
}

extension FixedWidthInteger {
    fileprivate var littleEndianBytes: [UInt8] {
        withUnsafeBytes(of: littleEndian) { Array($0) }
    }
}
