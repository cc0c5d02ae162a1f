/// Works out the type of every tensor of a graph, node by node, and the values of the small
/// integer tensors that say how others are shaped.
struct ShapeInference {
    private(set) var types: [String: TensorType] = [:]
    /// Known integer values, row-major.
    private(set) var integers: [String: [Int]] = [:]

    /// Integer tensors with more elements than this hold indices or data, not shapes.
    private static let mostIntegers = 4096

    /// Starts from the types of the inputs, by name.
    ///
    /// - Throws: a node without a rule, or one whose inputs do not fit together.
    init(_ graph: OnnxGraphProto, inputs: [String: TensorType]) throws(GraphError) {
        for tensor in graph.initializer { store(tensor, as: tensor.name) }
        for tensor in graph.sparseInitializer {
            let name = tensor.values.name
            let type = TensorType(element: tensor.values.element, shape: tensor.dims.map(Int.init))
            guard type.isPlausible else { throw .tooLarge("tensor '\(name)'") }
            types[name] = type
        }
        types.merge(inputs) { _, input in input }
        for node in graph.node { try infer(node) }
    }

    /// Adds the outputs of `node`, whose inputs are known.
    mutating func infer(_ node: OnnxNodeProto) throws(GraphError) {
        if node.opType == "Constant", let value = node.attribute("value"), value.hasT,
            let name = node.output.first
        {
            store(value.t, as: name)
            return
        }
        let results = try outputTypes(of: node)
        for (name, type) in zip(node.output, results) where !name.isEmpty {
            guard type.isPlausible else { throw .tooLarge("node \(node.label)") }
            types[name] = type
        }
        if let name = node.output.first, let type = types[name], type.elements <= Self.mostIntegers,
            let values = try outputIntegers(of: node), values.count == type.elements
        {
            integers[name] = values
        }
    }

    /// Adds an input.
    mutating func declare(_ name: String, _ type: TensorType) { types[name] = type }

    /// Adds a stored constant.
    mutating func store(_ tensor: OnnxTensorProto, as name: String) {
        let type = TensorType(element: tensor.element, shape: tensor.shape)
        types[name] = type
        if type.elements <= Self.mostIntegers, let values = tensor.integers {
            integers[name] = values
        }
    }

    // MARK: What rules ask for

    /// The type of input `index` of `node`.
    func type(_ node: OnnxNodeProto, _ index: Int) throws(GraphError) -> TensorType {
        guard let name = node.inputName(index) else {
            throw .invalid(node, "input \(index) is missing")
        }
        guard let type = types[name] else {
            throw .invalid(node, "the type of its input '\(name)' is not known")
        }
        return type
    }

    /// The type of input `index`, which must have at least `rank` dimensions.
    func type(
        _ node: OnnxNodeProto,
        _ index: Int,
        rankAtLeast rank: Int
    ) throws(GraphError) -> TensorType {
        let type = try type(node, index)
        guard type.shape.count >= rank else {
            throw .invalid(
                node,
                "input \(index) has shape \(type.shape), fewer than \(rank) dimensions"
            )
        }
        return type
    }

    /// The integer values of input `index`, nil when it is left out.
    func values(_ node: OnnxNodeProto, _ index: Int) throws(GraphError) -> [Int]? {
        guard let name = node.inputName(index) else { return nil }
        guard let values = integers[name] else {
            throw .invalid(node, "its input '\(name)' must be an integer constant")
        }
        return values
    }

    /// A list that is an attribute in old operator sets and an input in new ones.
    func list(
        _ node: OnnxNodeProto,
        attribute: String,
        input: Int
    ) throws(GraphError) -> [Int]? {
        if let values = try node.integers(attribute) { return values }
        return try values(node, input)
    }

    /// `axis`, counted from the end when negative.
    func axis(_ axis: Int, rank: Int, _ node: OnnxNodeProto) throws(GraphError) -> Int {
        guard axis >= -rank, axis < rank else {
            throw .invalid(node, "axis \(axis) is outside a tensor of \(rank) dimensions")
        }
        return axis < 0 ? axis + rank : axis
    }

    func axes(_ axes: [Int], rank: Int, _ node: OnnxNodeProto) throws(GraphError) -> Set<Int> {
        var result: Set<Int> = []
        for value in axes { result.insert(try axis(value, rank: rank, node)) }
        return result
    }
}
