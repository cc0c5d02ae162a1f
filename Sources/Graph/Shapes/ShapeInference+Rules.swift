extension ShapeInference {
    /// Operators whose first output has the type of their first input.
    private static let elementwise: Set<String> = [
        "Abs", "BatchNormalization", "Ceil", "Celu", "Clip", "Elu", "Erf", "Exp", "Floor", "Gelu",
        "HardSigmoid", "HardSwish", "Hardmax", "Identity", "InstanceNormalization", "LRN",
        "LayerNormalization", "LeakyRelu", "Log", "LogSoftmax", "LpNormalization", "Mish", "Neg",
        "Not", "PRelu", "Reciprocal", "Relu", "Round", "Selu", "Sigmoid", "Sign", "Softmax",
        "Softplus",
        "Softsign", "Sqrt", "Tanh", "ThresholdedRelu",
    ]

    private static let broadcasting: Set<String> = [
        "Add", "Div", "Max", "Mean", "Min", "Mul", "Pow", "Sub", "Sum",
    ]

    private static let comparing: Set<String> = [
        "And", "Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual", "Or",
    ]

    /// The types of the outputs of `node`, in order; trailing optional ones may be absent.
    ///
    /// Rules follow the operators' pages at https://onnx.ai/onnx/operators/.
    func outputTypes(of node: OnnxNodeProto) throws(GraphError) -> [TensorType] {
        let isStandard = node.domain.isEmpty || node.domain == "ai.onnx"
        let name = isStandard ? node.opType : "\(node.domain).\(node.opType)"
        if Self.elementwise.contains(name) { return [try type(node, 0)] }
        if Self.broadcasting.contains(name) { return [try broadcast(node)] }
        if Self.comparing.contains(name) {
            return [TensorType(element: .bool, shape: try broadcast(node).shape)]
        }
        switch name {
        case "Conv": return [try convolution(node)]
        case "ConvTranspose": return [try transposedConvolution(node)]
        case "AveragePool", "LpPool": return [try pooling(node)]
        case "MaxPool":
            let pooled = try pooling(node)
            return [pooled, TensorType(element: .int64, shape: pooled.shape)]
        case "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool": return [try globalPooling(node)]
        case "Gemm": return [try gemm(node)]
        case "MatMul": return [try matrixProduct(node)]
        case "Dropout":
            let type = try type(node, 0)
            return [type, TensorType(element: .bool, shape: type.shape)]
        case "ArgMax", "ArgMin":
            return [TensorType(element: .int64, shape: try argument(node))]
        default: return try layoutTypes(of: node, name)
        }
    }

    private func layoutTypes(
        of node: OnnxNodeProto,
        _ name: String
    ) throws(GraphError) -> [TensorType] {
        switch name {
        case "Reshape": [try reshape(node)]
        case "Flatten": [try flatten(node)]
        case "Transpose": [try transpose(node)]
        case "Concat": [try concatenation(node)]
        case "Split": try split(node)
        case "Slice": [try slice(node)]
        case "Squeeze": [try squeeze(node)]
        case "Unsqueeze": [try unsqueeze(node)]
        case "Gather": [try gather(node)]
        case "Expand": [try expansion(node)]
        case "Where": [try choice(node)]
        case "Pad": [try padding(node)]
        case "Cast": [try cast(node)]
        case "DequantizeLinear": [try dequantization(node)]
        case "Shape": [TensorType(element: .int64, shape: [try shapeRange(node).count])]
        case "Constant": [try constant(node)]
        case "ConstantOfShape": [try constantOfShape(node)]
        case _ where name.hasPrefix("Reduce"): [try reduction(node)]
        default: throw unsupported(node, name)
        }
    }

    private func unsupported(_ node: OnnxNodeProto, _ name: String) -> GraphError {
        GraphError(
            .unsupportedOperator,
            "node \(node.label)",
            "the operator \(name) has no shape rule here",
            remedy: "export the network with operators of CNN classifiers, without custom ones"
        )
    }
}
