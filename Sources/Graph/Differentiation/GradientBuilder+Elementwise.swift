import Foundation

/// Functions of one tensor, value by value: g · f′(x), with f′ in terms of y where that spares an
/// activation from being kept.
extension GradientBuilder {
    mutating func differentiateElementwise(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        let (x, y) = (try input(node, 0), node.output[0])
        switch node.opType {
        case "Neg": try contribute(emit("Neg", [gradient]), to: node, 0)
        case "Log": try contribute(divide(gradient, x), to: node, 0)
        case "Sqrt":
            try contribute(divide(multiply(gradient, by: 0.5), y), to: node, 0)
        default:
            let slope = try slope(node, x, y)
            try contribute(multiply(gradient, slope), to: node, 0)
        }
    }

    /// The slope of a smooth function, or of one with bends: there it is that of the flat side.
    private mutating func slope(
        _ node: OnnxNodeProto,
        _ x: String,
        _ y: String
    ) throws(GraphError) -> String {
        switch node.opType {
        case "Exp": return y
        case "Sigmoid": return try multiply(y, subtract(constant(1), y))
        case "Tanh": return try subtract(constant(1), multiply(y, y))
        case "Softplus": return try emit("Sigmoid", [x])
        case "Reciprocal": return try emit("Neg", [multiply(y, y)])
        case "Erf":
            let bell = try emit("Exp", [emit("Neg", [multiply(x, x)])])
            return try multiply(bell, by: 2 / Float.pi.squareRoot())
        case "Relu", "Abs": return try emit("Sign", [node.opType == "Abs" ? x : y])
        case "LeakyRelu":
            let slope = node.float("alpha", default: 0.01)
            let isPositive = try emit("Relu", [emit("Sign", [x])])
            return try add(multiply(isPositive, by: 1 - slope), constant(slope))
        case "Clip": return try clipSlope(node, y)
        case "HardSigmoid":
            let slope = node.float("alpha", default: 0.2)
            return try multiply(isBetween(constant(0), y, constant(1)), by: slope)
        case "HardSwish":
            // y = x · h with h = clip(x / 6 + 1/2, 0, 1): https://onnx.ai/onnx/operators/onnx__HardSwish.html
            let gate = try emit("HardSigmoid", [x], [.float("alpha", 1 / 6), .float("beta", 0.5)])
            let isInside = try isBetween(constant(0), gate, constant(1))
            return try add(gate, multiply(multiply(x, by: 1 / 6), isInside))
        default: throw noRule(node)
        }
    }

    private mutating func clipSlope(
        _ node: OnnxNodeProto,
        _ y: String
    ) throws(GraphError) -> String {
        guard variable(node, 1) == nil, variable(node, 2) == nil else {
            throw noGradient(node, "its bounds depend on a variable")
        }
        var low = node.inputName(1)
        var high = node.inputName(2)
        if let value = node.attribute("min")?.f { low = constant(value) }
        if let value = node.attribute("max")?.f { high = constant(value) }
        return try isBetween(bound(low), y, bound(high))
    }

    /// A bound of Clip, nil if it is missing or so far out that it stands for none.
    private func bound(_ name: String?) -> String? {
        guard let name else { return nil }
        let values = constantFloats(name) ?? constants.last { $0.name == name }?.floats
        guard let value = values?.first else { return name }
        return abs(value) < 1e30 ? name : nil
    }

    /// 1 where `low` < `y` < `high`, else 0, for a `y` that lies outside nowhere.
    private mutating func isBetween(
        _ low: String?,
        _ y: String,
        _ high: String?
    ) throws(GraphError) -> String {
        // Signs, not comparisons: they stay in floating point and are fused by the engine.
        let above = try low.map { low throws(GraphError) in try subtract(y, low) }
        let below = try high.map { high throws(GraphError) in try subtract(high, y) }
        switch (above, below) {
        case (let above?, let below?): return try emit("Sign", [multiply(above, below)])
        case (let distance?, nil), (nil, let distance?): return try emit("Sign", [distance])
        case (nil, nil): return constant(1)
        }
    }

    /// Softmax: y · (g − Σ g·y); LogSoftmax: g − exp(y) · Σ g.
    mutating func differentiateSoftmax(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        let y = node.output[0]
        let rank = shape(y).count
        let isOld = operatorSet < 13
        let stated = try node.integer("axis", default: isOld ? 1 : -1)
        let axis = try shapes.axis(stated, rank: rank, node)
        // Up to operator set 12 all dimensions from the axis on were one.
        let axes = isOld ? Array(axis..<rank) : [axis]
        if node.opType == "Softmax" {
            let mean = try sum(multiply(gradient, y), over: axes)
            try contribute(multiply(y, subtract(gradient, mean)), to: node, 0)
        } else {
            let total = try sum(gradient, over: axes)
            let share = try multiply(emit("Exp", [y]), total)
            try contribute(subtract(gradient, share), to: node, 0)
        }
    }
}
