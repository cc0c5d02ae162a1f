/// Operators that move, join or cut values: their gradients move them back.
extension GradientBuilder {
    mutating func differentiateTranspose(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        let order = try node.integers("perm") ?? shape(gradient).indices.reversed()
        var inverse = order
        for (position, axis) in order.enumerated() { inverse[axis] = position }
        try contribute(transpose(gradient, inverse), to: node, 0)
    }

    mutating func differentiateConcat(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        let rank = shape(gradient).count
        let axis = try shapes.axis(try node.integer("axis", default: 1), rank: rank, node)
        var starts = [Int](repeating: 0, count: rank)
        for index in node.input.indices {
            let sizes = shape(node.input[index])
            if variable(node, index) != nil {
                try contribute(slice(gradient, from: starts, sizes), to: node, index)
            }
            starts[axis] += sizes[axis]
        }
    }

    /// Joins the gradients of the parts; those of parts that are not used are 0.
    mutating func differentiateSplit(_ node: OnnxNodeProto) throws(GraphError) {
        var parts: [String] = []
        var isUsed = false
        let types = try shapes.split(node)
        for (output, type) in zip(node.output, types) {
            let gradient = output.isEmpty ? nil : try gradient(of: output)
            isUsed = isUsed || gradient != nil
            let zeros = [Float](repeating: 0, count: gradient == nil ? type.elements : 0)
            parts.append(gradient ?? constant(zeros, type.shape))
        }
        guard isUsed else { return }
        let rank = shape(parts[0]).count
        let axis = try shapes.axis(try node.integer("axis", default: 0), rank: rank, node)
        try contribute(emit("Concat", parts, [.integer("axis", axis)]), to: node, 0)
    }

    mutating func differentiateSlice(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        let full = shape(try input(node, 0))
        let ranges = try shapes.ranges(node, full)
        var before = full.map { _ in 0 }
        var after = before
        var result = gradient
        for (axis, range) in ranges.sorted(by: { $0.key < $1.key }) {
            if range.step == 1 {
                before[axis] = range.start
                after[axis] = full[axis] - range.start - range.count
            } else {
                let positions = (0..<range.count).map { range.start + $0 * range.step }
                result = try scatter(result, axis, positions, size: full[axis], node)
            }
        }
        try contribute(pad(result, before: before, after: after), to: node, 0)
    }

    mutating func differentiatePad(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        let full = shape(try input(node, 0))
        guard let pads = try shapes.list(node, attribute: "pads", input: 1) else {
            throw .invalid(node, "it has no pads")
        }
        let axes = try operatorSet < 18 ? nil : shapes.values(node, 3)
        var result = gradient
        for (index, stated) in (axes ?? Array(full.indices)).enumerated() {
            let axis = try shapes.axis(stated, rank: full.count, node)
            let mode = PaddingMode(rawValue: node.string("mode") ?? "constant")
            guard let mode else { throw noGradient(node, "its mode is not known here") }
            let size = full[axis]
            let positions = (-pads[index]..<size + pads[index + pads.count / 2]).map {
                mode.source(of: $0, size: size)
            }
            guard positions != Array(0..<size) else { continue }
            result = try scatter(result, axis, positions, size: size, node)
        }
        try contribute(result, to: node, 0)
    }

    mutating func differentiateGather(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        let full = shape(try input(node, 0))
        let axis = try shapes.axis(try node.integer("axis", default: 0), rank: full.count, node)
        guard let indices = constantIntegers(try input(node, 1)) else {
            throw noGradient(node, "its indices are not constant")
        }
        var positions: [Int] = []
        for index in indices { positions.append(try shapes.axis(index, rank: full[axis], node)) }
        var flat = full
        flat[axis] = positions.count
        let result = try reshape(gradient, flat)
        try contribute(scatter(result, axis, positions, size: full[axis], node), to: node, 0)
    }
}

/// Where Pad takes the values from that it adds.
private enum PaddingMode: String {
    case constant, reflect, edge, wrap

    /// The position that `position`, which may lie outside, is filled from; nil for a constant.
    func source(of position: Int, size: Int) -> Int? {
        if (0..<size).contains(position) { return position }
        switch self {
        case .constant: return nil
        case .edge: return position < 0 ? 0 : size - 1
        case .wrap: return (position % size + size) % size
        case .reflect:
            let period = max(2 * (size - 1), 1)
            let folded = (position % period + period) % period
            return min(folded, period - folded)
        }
    }
}
