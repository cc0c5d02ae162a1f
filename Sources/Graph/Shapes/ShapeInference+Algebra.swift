/// Arithmetic, products of matrices and reductions.
extension ShapeInference {
    /// The shape of an operation on `left` and `right` element by element, nil when they clash.
    ///
    /// Rule: https://onnx.ai/onnx/repo-docs/Broadcasting.html
    static func broadcast(_ left: [Int], _ right: [Int]) -> [Int]? {
        let rank = max(left.count, right.count)
        let left = [Int](repeating: 1, count: rank - left.count) + left
        let right = [Int](repeating: 1, count: rank - right.count) + right
        var shape: [Int] = []
        for (first, second) in zip(left, right) {
            guard first == second || first == 1 || second == 1 else { return nil }
            shape.append(first == 1 ? second : first)
        }
        return shape
    }

    func broadcast(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        var result = try type(node, 0)
        // Up to operator set 6 the second operand was fitted to the first along `axis`.
        guard try node.integer("broadcast", default: 0) == 0 else { return result }
        for index in node.input.indices.dropFirst() {
            let other = try type(node, index)
            guard let shape = Self.broadcast(result.shape, other.shape) else {
                throw .invalid(
                    node,
                    "shapes \(result.shape) and \(other.shape) do not fit together"
                )
            }
            result.shape = shape
        }
        return result
    }

    /// Where: a condition and the two tensors it chooses from.
    func choice(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        TensorType(element: try type(node, 1).element, shape: try broadcast(node).shape)
    }

    func expansion(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        let input = try type(node, 0)
        guard let wanted = try values(node, 1),
            let shape = Self.broadcast(input.shape, wanted)
        else {
            throw .invalid(node, "\(input.shape) cannot be expanded to its shape")
        }
        return TensorType(element: input.element, shape: shape)
    }

    func gemm(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        let left = try type(node, 0)
        let right = try type(node, 1)
        guard left.shape.count == 2, right.shape.count == 2 else {
            throw .invalid(node, "\(left.shape) × \(right.shape) is no product of two matrices")
        }
        let rows = try node.integer("transA", default: 0) == 0 ? left.shape : left.shape.reversed()
        let columns =
            try node.integer("transB", default: 0) == 0 ? right.shape : right.shape.reversed()
        guard rows[1] == columns[0] else {
            throw .invalid(node, "matrices \(rows) and \(columns) cannot be multiplied")
        }
        return TensorType(element: left.element, shape: [rows[0], columns[1]])
    }

    func matrixProduct(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        let left = try type(node, 0, rankAtLeast: 1)
        let right = try type(node, 1, rankAtLeast: 1)
        let rows = left.shape.count == 1 ? [1] + left.shape : left.shape
        let columns = right.shape.count == 1 ? right.shape + [1] : right.shape
        let outer = Self.broadcast(Array(rows.dropLast(2)), Array(columns.dropLast(2)))
        guard let outer, rows[rows.count - 1] == columns[columns.count - 2] else {
            throw .invalid(node, "matrices \(left.shape) and \(right.shape) cannot be multiplied")
        }
        let inner =
            (left.shape.count == 1 ? [] : [rows[rows.count - 2]])
            + (right.shape.count == 1 ? [] : [columns[columns.count - 1]])
        return TensorType(element: left.element, shape: outer + inner)
    }

    func reduction(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        var type = try type(node, 0)
        let listed = try list(node, attribute: "axes", input: 1) ?? []
        let keepsEmpty = try node.integer("noop_with_empty_axes", default: 0) != 0
        if listed.isEmpty, keepsEmpty { return type }
        let rank = type.shape.count
        let axes = listed.isEmpty ? Set(0..<rank) : try axes(listed, rank: rank, node)
        type.shape = try reduced(type.shape, axes, node)
        return type
    }

    func argument(_ node: OnnxNodeProto) throws(GraphError) -> [Int] {
        let shape = try type(node, 0).shape
        let axis = try axis(try node.integer("axis", default: 0), rank: shape.count, node)
        return try reduced(shape, [axis], node)
    }

    private func reduced(
        _ shape: [Int],
        _ axes: Set<Int>,
        _ node: OnnxNodeProto
    ) throws(GraphError) -> [Int] {
        let keeps = try node.integer("keepdims", default: 1) != 0
        return shape.enumerated().compactMap { index, size in
            guard axes.contains(index) else { return size }
            return keeps ? 1 : nil
        }
    }
}
