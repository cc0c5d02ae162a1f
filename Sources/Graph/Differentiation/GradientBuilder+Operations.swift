/// Short forms of the operators that rules are written in.
extension GradientBuilder {
    mutating func add(_ left: String, _ right: String) throws(GraphError) -> String {
        try emit("Add", [left, right])
    }

    mutating func subtract(_ left: String, _ right: String) throws(GraphError) -> String {
        try emit("Sub", [left, right])
    }

    mutating func multiply(_ left: String, _ right: String) throws(GraphError) -> String {
        try emit("Mul", [left, right])
    }

    mutating func multiply(_ left: String, by factor: Float) throws(GraphError) -> String {
        factor == 1 ? left : try multiply(left, constant(factor))
    }

    mutating func divide(_ left: String, _ right: String) throws(GraphError) -> String {
        try emit("Div", [left, right])
    }

    /// 1 where the two are equal, else 0.
    mutating func equality(_ left: String, _ right: String) throws(GraphError) -> String {
        let equal = try emit("Equal", [left, right])
        return try emit("Cast", [equal], [.integer("to", OnnxTensorProto.DataType.float.rawValue)])
    }

    mutating func reshape(_ tensor: String, _ shape: [Int]) throws(GraphError) -> String {
        guard self.shape(tensor) != shape else { return tensor }
        return try emit("Reshape", [tensor, constant(integers: shape)])
    }

    mutating func transpose(_ tensor: String, _ order: [Int]) throws(GraphError) -> String {
        try emit("Transpose", [tensor], [.integers("perm", order)])
    }

    /// Exchanges the last two dimensions.
    mutating func transposeMatrices(_ tensor: String) throws(GraphError) -> String {
        let rank = shape(tensor).count
        return try transpose(tensor, Array(0..<rank - 2) + [rank - 1, rank - 2])
    }

    mutating func expand(_ tensor: String, _ shape: [Int]) throws(GraphError) -> String {
        guard self.shape(tensor) != shape else { return tensor }
        return try emit("Expand", [tensor, constant(integers: shape)])
    }

    /// Sums over `axes`, which stay as dimensions of 1.
    mutating func sum(_ tensor: String, over axes: [Int]) throws(GraphError) -> String {
        guard !axes.isEmpty else { return tensor }
        return operatorSet < 13
            ? try emit("ReduceSum", [tensor], [.integers("axes", axes)])
            : try emit("ReduceSum", [tensor, constant(integers: axes)])
    }

    /// Undoes broadcasting: sums over the dimensions that `shape` does not have or has as 1.
    mutating func sum(_ tensor: String, to shape: [Int]) throws(GraphError) -> String {
        let own = self.shape(tensor)
        let missing = own.count - shape.count
        let axes = own.indices.filter {
            $0 < missing || shape[$0 - missing] == 1 && own[$0] != 1
        }
        return try reshape(sum(tensor, over: axes), shape)
    }

    /// The part of `tensor` that starts at `starts` with `sizes`, one entry a dimension.
    mutating func slice(
        _ tensor: String,
        from starts: [Int],
        _ sizes: [Int]
    ) throws(GraphError) -> String {
        guard shape(tensor) != sizes else { return tensor }
        let ends = zip(starts, sizes).map { $0 + $1 }
        guard operatorSet >= 10 else {
            return try emit(
                "Slice",
                [tensor],
                [.integers("starts", starts), .integers("ends", ends)]
            )
        }
        return try emit("Slice", [tensor, constant(integers: starts), constant(integers: ends)])
    }

    /// Adds `before` and `after` entries of `value`, one entry a dimension.
    mutating func pad(
        _ tensor: String,
        before: [Int],
        after: [Int],
        value: Float = 0
    ) throws(GraphError) -> String {
        let pads = before + after
        guard pads.contains(where: { $0 != 0 }) else { return tensor }
        guard operatorSet >= 11 else {
            return try emit("Pad", [tensor], [.integers("pads", pads), .float("value", value)])
        }
        return try emit("Pad", [tensor, constant(integers: pads), constant(value)])
    }

    /// The product of two matrices, or of matrices in equal outer dimensions.
    mutating func product(
        _ left: String,
        _ right: String,
        transposingLeft: Bool = false,
        transposingRight: Bool = false
    ) throws(GraphError) -> String {
        let left = transposingLeft ? try transposeMatrices(left) : left
        let right = transposingRight ? try transposeMatrices(right) : right
        return try emit("MatMul", [left, right])
    }
}
