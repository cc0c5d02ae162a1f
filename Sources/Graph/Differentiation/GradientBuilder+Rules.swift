/// Which rule differentiates which operator.
///
/// A rule gets a node and the gradient of its first output, and hands a gradient back to every input
/// that takes part. `g` is the gradient, `x` an input and `y` the output in the rules' comments.
extension GradientBuilder {
    /// Adds what hands the gradient of the outputs of `node` back to its inputs.
    ///
    /// - Throws: an operator without a rule, or in a form that the rule does not cover.
    mutating func differentiate(_ node: OnnxNodeProto) throws(GraphError) {
        if node.isStandard, node.opType == "Split" { return try differentiateSplit(node) }
        guard let output = node.output.first, let gradient = try gradient(of: output) else {
            return
        }
        guard node.isStandard else { throw noRule(node) }
        switch node.opType {
        case "Conv": try differentiateConvolution(node, gradient)
        case "ConvTranspose": try differentiateTransposedConvolution(node, gradient)
        case "MaxPool": try differentiateMaxPool(node, gradient)
        case "AveragePool": try differentiateAveragePool(node, gradient)
        case "Gemm": try differentiateGemm(node, gradient)
        case "MatMul": try differentiateMatrixProduct(node, gradient)
        case "BatchNormalization": try differentiateNormalization(node, gradient)
        case "Softmax", "LogSoftmax": try differentiateSoftmax(node, gradient)
        case "Add", "Sum", "Sub", "Mul", "Div", "Max", "Min", "Pow", "Where":
            try differentiateBroadcasting(node, gradient)
        case "GlobalAveragePool", "GlobalMaxPool": try differentiateGlobalPool(node, gradient)
        case _ where node.opType.hasPrefix("Reduce"): try differentiateReduction(node, gradient)
        default: try differentiateLayout(node, gradient)
        }
    }

    private mutating func differentiateLayout(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        switch node.opType {
        case "Reshape", "Flatten", "Squeeze", "Unsqueeze":
            try contribute(reshape(gradient, shape(input(node, 0))), to: node, 0)
        case "Transpose": try differentiateTranspose(node, gradient)
        case "Expand": try contribute(sum(gradient, to: shape(input(node, 0))), to: node, 0)
        case "Concat": try differentiateConcat(node, gradient)
        case "Slice": try differentiateSlice(node, gradient)
        case "Pad": try differentiatePad(node, gradient)
        case "Gather": try differentiateGather(node, gradient)
        // Round is passed straight through. Dropout does nothing in a network that is not trained.
        case "Identity", "Dropout", "Round", "Cast": try contribute(gradient, to: node, 0)
        default: try differentiateElementwise(node, gradient)
        }
    }

    func noRule(_ node: OnnxNodeProto) -> GraphError {
        noGradient(node, "its operator has no gradient rule here")
    }

    func noGradient(_ node: OnnxNodeProto, _ problem: String) -> GraphError {
        GraphError(
            .noGradient,
            "node \(node.label)",
            problem,
            remedy: "express it by operators of CNN classifiers, or cut the network behind it"
        )
    }
}

extension OnnxNodeProto {
    fileprivate var isStandard: Bool { domain.isEmpty || domain == "ai.onnx" }
}
