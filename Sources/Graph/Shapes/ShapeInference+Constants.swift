/// Integer tensors that state shapes: the chains of Shape, Gather and Concat that exporters put
/// before a Reshape.
extension ShapeInference {
    /// The values of the first output of `node`, nil unless they are known integers.
    func outputIntegers(of node: OnnxNodeProto) throws(GraphError) -> [Int]? {
        if node.opType == "Shape" {
            let shape = try type(node, 0).shape
            return Array(shape[try shapeRange(node)])
        }
        if node.opType == "Constant" {
            return try node.integers("value_ints")
                ?? node.attribute("value_int").map { [Int($0.i)] }
        }
        let known = node.input.compactMap { integers[$0] }
        guard let first = known.first, known.count == node.input.filter({ !$0.isEmpty }).count
        else {
            return nil
        }
        switch node.opType {
        case "Cast", "Identity", "Reshape", "Squeeze", "Unsqueeze", "Flatten": return first
        case "Concat": return try type(node, 0).shape.count == 1 ? Array(known.joined()) : nil
        case "Gather": return try gathered(node, first)
        case "Slice": return try sliced(node, first)
        case "Add": return combined(known) { $0.addingReportingOverflow($1) }
        case "Sub": return combined(known) { $0.subtractingReportingOverflow($1) }
        case "Mul": return combined(known) { $0.multipliedReportingOverflow(by: $1) }
        case "Div": return try quotients(node, known)
        default: return nil
        }
    }

    /// The dimensions that a Shape node reports.
    func shapeRange(_ node: OnnxNodeProto) throws(GraphError) -> Swift.Range<Int> {
        let rank = try type(node, 0).shape.count
        func position(_ name: String, _ fallback: Int) throws(GraphError) -> Int {
            let value = try node.integer(name, default: fallback)
            return min(max(value < 0 ? value + rank : value, 0), rank)
        }
        let start = try position("start", 0)
        return start..<max(start, try position("end", rank))
    }

    func constant(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        guard let attribute = node.attribute.first else { throw .invalid(node, "it has no value") }
        return switch attribute.name {
        case "value_int": TensorType(element: .int64, shape: [])
        case "value_ints": TensorType(element: .int64, shape: [attribute.ints.count])
        case "value_float": TensorType(element: .float, shape: [])
        case "value_floats": TensorType(element: .float, shape: [attribute.floats.count])
        default: throw .invalid(node, "its value '\(attribute.name)' is of a kind not known here")
        }
    }

    func constantOfShape(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        guard let shape = try values(node, 0) else { throw .invalid(node, "it has no shape") }
        return TensorType(element: node.attribute("value")?.t.element ?? .float, shape: shape)
    }

    private func gathered(_ node: OnnxNodeProto, _ values: [Int]) throws(GraphError) -> [Int]? {
        guard try type(node, 0).shape.count == 1, let indices = try self.values(node, 1) else {
            return nil
        }
        var result: [Int] = []
        for index in indices { result.append(values[try axis(index, rank: values.count, node)]) }
        return result
    }

    private func sliced(_ node: OnnxNodeProto, _ values: [Int]) throws(GraphError) -> [Int]? {
        let shape = try type(node, 0).shape
        guard shape.count == 1 else { return nil }
        guard let range = try ranges(node, shape)[0] else { return values }
        return (0..<range.count).map { values[range.start + $0 * range.step] }
    }

    /// Quotients cut off as integers are; of tensors that were cast to fractions, nil unless all are whole.
    private func quotients(
        _ node: OnnxNodeProto,
        _ operands: [[Int]]
    ) throws(GraphError) -> [Int]? {
        let hasFractions = try type(node, 0).element.isFloatingPoint
        return combined(operands) { left, right in
            let (quotient, overflow) = left.dividedReportingOverflow(by: right)
            let (remainder, _) = left.remainderReportingOverflow(dividingBy: right)
            return (quotient, overflow || hasFractions && remainder != 0)
        }
    }

    /// Two integer tensors of one size, or one of them a single value, element by element; nil
    /// where a result cannot be represented.
    private func combined(
        _ operands: [[Int]],
        _ operation: (Int, Int) -> (partialValue: Int, overflow: Bool)
    ) -> [Int]? {
        guard operands.count == 2 else { return nil }
        let (left, right) = (operands[0], operands[1])
        let count = max(left.count, right.count)
        guard [1, count].contains(left.count), [1, count].contains(right.count) else { return nil }
        var result: [Int] = []
        for index in 0..<count {
            let (value, overflow) = operation(
                left[left.count == 1 ? 0 : index],
                right[right.count == 1 ? 0 : index]
            )
            guard !overflow else { return nil }
            result.append(value)
        }
        return result
    }
}
