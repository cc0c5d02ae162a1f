extension GradientBuilder {
    /// Batch normalisation with frozen statistics: y = (x − mean) · scale / √(variance + ε) + bias.
    mutating func differentiateNormalization(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        guard try node.integer("training_mode", default: 0) == 0 else {
            throw noGradient(node, "it is in training mode; only frozen statistics are covered")
        }
        guard variable(node, 3) == nil, variable(node, 4) == nil else {
            throw noGradient(node, "its mean or variance depends on a variable")
        }
        let (x, scale) = (try input(node, 0), try input(node, 1))
        let rank = shape(x).count
        guard rank > 1 else {
            throw noGradient(node, "its input has the shape \(shape(x)), without channels")
        }
        let perChannel = [shape(x)[1]] + [Int](repeating: 1, count: rank - 2)
        let others = shape(x).indices.filter { $0 != 1 }
        let epsilon = constant(node.float("epsilon", default: 1e-5))
        let deviation = try emit("Sqrt", [add(input(node, 4), epsilon)])
        if variable(node, 0) != nil {
            let slope = try reshape(divide(scale, deviation), perChannel)
            try contribute(multiply(gradient, slope), to: node, 0)
        }
        if variable(node, 1) != nil {
            let centred = try subtract(x, reshape(input(node, 3), perChannel))
            let normal = try divide(centred, reshape(deviation, perChannel))
            let part = try sum(multiply(gradient, normal), over: others)
            try contribute(reshape(part, shape(scale)), to: node, 1)
        }
        if let bias = variable(node, 2) {
            try contribute(reshape(sum(gradient, over: others), shape(bias)), to: node, 2)
        }
    }
}
