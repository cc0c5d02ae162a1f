/// Convolutions and poolings: tensors are `[batch, channels, spatial…]`.
extension ShapeInference {
    func convolution(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        let input = try type(node, 0, rankAtLeast: 3)
        let weights = try type(node, 1, rankAtLeast: 3)
        let group = try node.integer("group", default: 1)
        guard weights.shape.count == input.shape.count, group > 0,
            weights.shape[1] * group == input.shape[1], weights.shape[0] % group == 0
        else {
            throw .invalid(
                node,
                "weights \(weights.shape) in \(group) groups do not fit the input \(input.shape)"
            )
        }
        let spatial = Array(input.shape.dropFirst(2))
        let kernel = Array(weights.shape.dropFirst(2))
        let window = try Window(node, rank: spatial.count, kernel: kernel)
        guard window.kernel == kernel, let sizes = window.outputSizes(spatial, roundingUp: false)
        else {
            throw .invalid(
                node,
                "its window \(window.kernel) does not fit the input \(input.shape)"
            )
        }
        return TensorType(
            element: input.element,
            shape: [input.shape[0], weights.shape[0]] + sizes
        )
    }

    func transposedConvolution(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        let input = try type(node, 0, rankAtLeast: 3)
        let weights = try type(node, 1, rankAtLeast: 3)
        let group = try node.integer("group", default: 1)
        guard weights.shape.count == input.shape.count, group > 0,
            weights.shape[0] == input.shape[1], weights.shape[0] % group == 0
        else {
            throw .invalid(node, "weights \(weights.shape) do not fit the input \(input.shape)")
        }
        let spatial = Array(input.shape.dropFirst(2))
        let window = try Window(
            node,
            rank: spatial.count,
            kernel: Array(weights.shape.dropFirst(2))
        )
        let extra = try node.integers("output_padding") ?? spatial.map { _ in 0 }
        let stated = try node.integers("output_shape")
        guard extra.count == spatial.count, stated.map({ $0.count == spatial.count }) ?? true else {
            throw .invalid(node, "output_padding or output_shape have the wrong length")
        }
        var sizes: [Int] = []
        for (index, size) in spatial.enumerated() {
            let stride = window.strides[index]
            let span = window.dilations[index] * (window.kernel[index] - 1) + 1
            let padding =
                window.automaticPadding == "VALID"
                ? 0 : window.padsBefore[index] + window.padsAfter[index]
            let free = stride * (size - 1) + extra[index] + span - padding
            let isSame = window.automaticPadding.hasPrefix("SAME")
            sizes.append(stated?[index] ?? (isSame ? size * stride : free))
        }
        return TensorType(
            element: input.element,
            shape: [input.shape[0], weights.shape[1] * group] + sizes
        )
    }

    func pooling(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        let input = try type(node, 0, rankAtLeast: 3)
        let spatial = Array(input.shape.dropFirst(2))
        let window = try Window(node, rank: spatial.count, kernel: nil)
        let roundsUp = try node.integer("ceil_mode", default: 0) != 0
        guard let sizes = window.outputSizes(spatial, roundingUp: roundsUp) else {
            throw .invalid(
                node,
                "its window \(window.kernel) does not fit the input \(input.shape)"
            )
        }
        return TensorType(element: input.element, shape: input.shape.prefix(2) + sizes)
    }

    func globalPooling(_ node: OnnxNodeProto) throws(GraphError) -> TensorType {
        let input = try type(node, 0, rankAtLeast: 3)
        let ones = [Int](repeating: 1, count: input.shape.count - 2)
        return TensorType(element: input.element, shape: input.shape.prefix(2) + ones)
    }
}
