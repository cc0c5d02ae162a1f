/// Reductions and global poolings: the gradient is repeated along the dimensions that were reduced.
extension GradientBuilder {
    /// Numbers below it have squares that are zero in float32.
    private static let leastLength: Float = 1e-19

    mutating func differentiateReduction(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        let x = try input(node, 0)
        let rank = shape(x).count
        let listed = try shapes.list(node, attribute: "axes", input: 1) ?? []
        if listed.isEmpty, try node.integer("noop_with_empty_axes", default: 0) != 0 {
            throw noGradient(node, "it reduces nothing")
        }
        let axes = listed.isEmpty ? Set(0..<rank) : try shapes.axes(listed, rank: rank, node)
        try differentiateReduction(node, gradient, over: axes.sorted())
    }

    mutating func differentiateGlobalPool(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        try differentiateReduction(node, gradient, over: Array(2..<shape(input(node, 0)).count))
    }

    private mutating func differentiateReduction(
        _ node: OnnxNodeProto,
        _ gradient: String,
        over axes: [Int]
    ) throws(GraphError) {
        let x = try input(node, 0)
        let full = shape(x)
        var kept = full
        for axis in axes { kept[axis] = 1 }
        let g = try reshape(gradient, kept)
        let y = try reshape(node.output[0], kept)
        let count = Float(axes.map { full[$0] }.reduce(1, *))
        let result: String
        switch node.opType {
        case "ReduceSum": result = try expand(g, full)
        case "ReduceMean", "GlobalAveragePool":
            result = try expand(multiply(g, by: 1 / count), full)
        case "ReduceMax", "ReduceMin", "GlobalMaxPool":
            // Equal extrema share the gradient.
            let isExtremum = try equality(x, y)
            result = try multiply(isExtremum, divide(g, sum(isExtremum, over: axes)))
        case "ReduceL1": result = try multiply(emit("Sign", [x]), g)
        case "ReduceL2":
            // Where all values are zero, so is the gradient.
            let length = try emit("Max", [y, constant(Self.leastLength)])
            result = try multiply(divide(x, length), g)
        case "ReduceSumSquare": result = try multiply(x, multiply(g, by: 2))
        case "ReduceLogSum": result = try expand(multiply(g, emit("Exp", [emit("Neg", [y])])), full)
        case "ReduceLogSumExp": result = try multiply(emit("Exp", [subtract(x, y)]), g)
        default: throw noRule(node)
        }
        try contribute(result, to: node, 0)
    }
}
