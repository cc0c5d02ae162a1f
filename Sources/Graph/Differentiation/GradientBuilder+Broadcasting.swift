/// Operations on several tensors, value by value: the gradient is summed over the dimensions along
/// which an input was repeated.
extension GradientBuilder {
    mutating func differentiateBroadcasting(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        switch node.opType {
        case "Max", "Min": try differentiateExtremum(node, gradient)
        case "Pow": try differentiatePower(node, gradient)
        case "Where": try differentiateWhere(node, gradient)
        default:
            for index in node.input.indices where variable(node, index) != nil {
                let part = try partial(node, index, gradient)
                try contribute(sum(part, to: shape(node.input[index])), to: node, index)
            }
        }
    }

    /// The gradient for input `index` of arithmetic, before it is summed.
    private mutating func partial(
        _ node: OnnxNodeProto,
        _ index: Int,
        _ gradient: String
    ) throws(GraphError) -> String {
        switch (node.opType, index) {
        case ("Sub", 1): return try emit("Neg", [gradient])
        case ("Mul", _): return try multiply(gradient, input(node, 1 - index))
        case ("Div", 0): return try divide(gradient, input(node, 1))
        case ("Div", _):
            let quotient = try divide(multiply(gradient, node.output[0]), input(node, 1))
            return try emit("Neg", [quotient])
        default: return gradient
        }
    }

    /// g where the input is the extremum; of equal inputs the first takes it all.
    private mutating func differentiateExtremum(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        var rest = gradient
        for index in node.input.indices where variable(node, index) != nil {
            let x = try input(node, index)
            let part = try multiply(rest, equality(x, node.output[0]))
            try contribute(sum(part, to: shape(x)), to: node, index)
            rest = try subtract(rest, part)
        }
    }

    /// g · p · xᵖ⁻¹ for a p that is no variable.
    private mutating func differentiatePower(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        guard variable(node, 1) == nil else {
            throw noGradient(node, "its exponent depends on a variable")
        }
        let (x, stated) = (try input(node, 0), try input(node, 1))
        let float = OnnxTensorProto.DataType.float
        let exponent =
            type(stated).element == float
            ? stated : try emit("Cast", [stated], [.integer("to", float.rawValue)])
        let power = try emit("Pow", [x, subtract(exponent, constant(1))])
        let part = try multiply(multiply(gradient, exponent), power)
        try contribute(sum(part, to: shape(x)), to: node, 0)
    }

    private mutating func differentiateWhere(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        let condition = try input(node, 0)
        for index in [1, 2] where variable(node, index) != nil {
            let zero = constant(0)
            let choices = index == 1 ? [gradient, zero] : [zero, gradient]
            let part = try emit("Where", [condition] + choices)
            try contribute(sum(part, to: shape(node.input[index])), to: node, index)
        }
    }
}
