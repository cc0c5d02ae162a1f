/// Operators that move, join or cut without computing.
extension ShapeInference {
    func reshape(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        let input = try type(node, 0)
        guard let wanted = try list(node, attribute: "shape", input: 1) else {
            throw .invalid(node, "it has no target shape")
        }
        let copiesZero = try node.integer("allowzero", default: 0) == 0
        var shape: [Int] = []
        for (index, size) in wanted.enumerated() {
            let copies = size == 0 && copiesZero && index < input.shape.count
            shape.append(copies ? input.shape[index] : size)
        }
        if let free = shape.firstIndex(of: -1) {
            shape[free] = 1
            let known = TensorType(element: input.element, shape: shape)
            if known.isPlausible, known.elements > 0 {
                shape[free] = input.elements / known.elements
            }
        }
        let result = TensorType(element: input.element, shape: shape)
        guard result.isPlausible, result.elements == input.elements else {
            throw .invalid(node, "\(input.shape) cannot take the shape \(wanted)")
        }
        return result
    }

    func flatten(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        let input = try type(node, 0)
        let rank = input.shape.count
        let stated = try node.integer("axis", default: 1)
        let axis = stated == rank ? rank : try axis(stated, rank: rank, node)
        return TensorType(
            element: input.element,
            shape: [
                input.shape.prefix(axis).reduce(1, *), input.shape.dropFirst(axis).reduce(1, *),
            ]
        )
    }

    func transpose(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        let input = try type(node, 0)
        let order = try node.integers("perm") ?? input.shape.indices.reversed()
        guard order.sorted() == Array(input.shape.indices) else {
            throw .invalid(node, "perm \(order) does not order the dimensions of \(input.shape)")
        }
        return TensorType(element: input.element, shape: order.map { input.shape[$0] })
    }

    func concatenation(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        var result = try type(node, 0)
        let axis = try axis(
            try node.integer("axis", default: 1),
            rank: result.shape.count,
            node
        )
        for index in node.input.indices.dropFirst() {
            var other = try type(node, index).shape
            guard other.count == result.shape.count else {
                throw .invalid(node, "inputs \(result.shape) and \(other) cannot be joined")
            }
            result.shape[axis] += other[axis]
            other[axis] = result.shape[axis]
            guard other == result.shape else {
                throw .invalid(node, "inputs \(result.shape) and \(other) cannot be joined")
            }
        }
        return result
    }

    func split(_ node: OnnxNodeProto) throws(GraphError) -> [TensorType] {
        let input = try type(node, 0)
        let axis = try axis(try node.integer("axis", default: 0), rank: input.shape.count, node)
        let size = input.shape[axis]
        let count = max(node.output.count, 1)
        let even = (size + count - 1) / count
        let parts =
            try list(node, attribute: "split", input: 1)
            ?? (0..<count).map { max(0, min(even, size - $0 * even)) }
        guard parts.allSatisfy({ (0...size).contains($0) }), parts.reduce(0, +) == size,
            parts.count == count
        else {
            throw .invalid(node, "parts \(parts) do not make up the dimension of \(size)")
        }
        return parts.map { part in
            var type = input
            type.shape[axis] = part
            return type
        }
    }

    /// One dimension's part of a Slice: clamped bounds.
    struct Range {
        var start: Int
        var step: Int
        var count: Int

        init(start: Int, end: Int, step: Int, size: Int) {
            func bound(_ value: Int, _ limits: ClosedRange<Int>) -> Int {
                let position = value < 0 ? max(value, -size - 1) + size : value
                return min(max(position, limits.lowerBound), limits.upperBound)
            }
            let last = max(size - 1, 0)
            self.step = step
            self.start = bound(start, step > 0 ? 0...size : 0...last)
            let end = bound(end, step > 0 ? 0...size : -1...last)
            let distance = step > 0 ? end - self.start : self.start - end
            count = distance > 0 && size > 0 ? (distance - 1) / abs(step) + 1 : 0
        }
    }

    /// The sliced dimensions, by axis.
    func ranges(_ node: OnnxNodeProto, _ shape: [Int]) throws(GraphError) -> [Int: Range] {
        guard let starts = try list(node, attribute: "starts", input: 1),
            let ends = try list(node, attribute: "ends", input: 2)
        else {
            throw .invalid(node, "it has no bounds")
        }
        let axes = try list(node, attribute: "axes", input: 3) ?? Array(starts.indices)
        let steps = try values(node, 4) ?? starts.map { _ in 1 }
        guard starts.count == ends.count, axes.count == starts.count, steps.count == starts.count,
            steps.allSatisfy({ $0 != 0 && $0 != .min })
        else {
            throw .invalid(node, "its bounds, axes and steps differ in number, or a step is 0")
        }
        var ranges: [Int: Range] = [:]
        for index in starts.indices {
            let axis = try axis(axes[index], rank: shape.count, node)
            ranges[axis] = Range(
                start: starts[index],
                end: ends[index],
                step: steps[index],
                size: shape[axis]
            )
        }
        return ranges
    }

    func slice(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        var type = try type(node, 0)
        for (axis, range) in try ranges(node, type.shape) { type.shape[axis] = range.count }
        return type
    }

    func squeeze(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        let input = try type(node, 0)
        let listed = try list(node, attribute: "axes", input: 1)
        let ones = input.shape.indices.filter { input.shape[$0] == 1 }
        let axes = try axes(listed ?? ones, rank: input.shape.count, node)
        guard axes.allSatisfy({ input.shape[$0] == 1 }) else {
            throw .invalid(node, "a squeezed dimension of \(input.shape) is not 1")
        }
        let shape = input.shape.indices.filter { !axes.contains($0) }.map { input.shape[$0] }
        return TensorType(element: input.element, shape: shape)
    }

    func unsqueeze(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        let input = try type(node, 0)
        let listed = try list(node, attribute: "axes", input: 1) ?? []
        let axes = try axes(listed, rank: input.shape.count + listed.count, node)
        guard axes.count == listed.count else { throw .invalid(node, "axes \(listed) repeat") }
        var shape = input.shape
        for axis in axes.sorted() { shape.insert(1, at: axis) }
        return TensorType(element: input.element, shape: shape)
    }

    func gather(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        let data = try type(node, 0)
        let indices = try type(node, 1)
        let axis = try axis(try node.integer("axis", default: 0), rank: data.shape.count, node)
        return TensorType(
            element: data.element,
            shape: data.shape.prefix(axis) + indices.shape + data.shape.dropFirst(axis + 1)
        )
    }

    func padding(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        var type = try type(node, 0)
        let isFirstVersion = node.attribute("paddings") != nil
        let attribute = isFirstVersion ? "paddings" : "pads"
        guard let pads = try list(node, attribute: attribute, input: 1) else {
            throw .invalid(node, "it has no pads")
        }
        let stated = try values(node, 3) ?? Array(type.shape.indices)
        var sizes = type.shape
        guard pads.count == 2 * stated.count,
            pads.allSatisfy({ abs($0.clamped) < TensorType.mostElements })
        else {
            throw .invalid(node, "pads \(pads) do not fit \(type.shape)")
        }
        for (index, value) in stated.enumerated() {
            let axis = try axis(value, rank: sizes.count, node)
            sizes[axis] += pads[index] + pads[index + stated.count]
        }
        guard sizes.allSatisfy({ $0 >= 0 }) else {
            throw .invalid(node, "pads \(pads) crop more of \(type.shape) than there is")
        }
        type.shape = sizes
        return type
    }

    func cast(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        let code = try node.integer("to", default: 0)
        guard let element = OnnxTensorProto.DataType(rawValue: code), element != .undefined else {
            throw .invalid(node, "it casts to the unknown type \(code)")
        }
        return TensorType(element: element, shape: try type(node, 0).shape)
    }

    /// The integers' shape, in the type of their scale.
    func dequantization(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        TensorType(element: try type(node, 1).element, shape: try type(node, 0).shape)
    }
}

extension Int {
    /// This value, or the nearest whose magnitude can be taken.
    fileprivate var clamped: Int { Swift.max(self, -.max) }
}
