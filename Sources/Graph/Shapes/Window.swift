/// The sliding window of a convolution or pooling, one entry a spatial dimension.
struct Window {
    var kernel: [Int]
    var strides: [Int]
    var dilations: [Int]
    var padsBefore: [Int]
    var padsAfter: [Int]
    /// `NOTSET`, `VALID`, `SAME_UPPER` or `SAME_LOWER`.
    var automaticPadding: String

    /// Reads the attributes of `node`, which slides over `rank` spatial dimensions; `stored` are
    /// the kernel's sizes where the node itself does not state them.
    init(_ node: OnnxNodeProto, rank: Int, kernel stored: [Int]?) throws(GraphError) {
        let ones = [Int](repeating: 1, count: rank)
        guard let kernel = try node.integers("kernel_shape") ?? stored else {
            throw .invalid(node, "it has no kernel_shape")
        }
        self.kernel = kernel
        strides = try node.integers("strides") ?? ones
        dilations = try node.integers("dilations") ?? ones
        let pads = try node.integers("pads") ?? [Int](repeating: 0, count: 2 * rank)
        padsBefore = Array(pads.prefix(rank))
        padsAfter = Array(pads.dropFirst(rank))
        automaticPadding = node.string("auto_pad") ?? "NOTSET"
        guard [kernel, strides, dilations, padsBefore, padsAfter].allSatisfy({ $0.count == rank }),
            [kernel, strides, dilations].joined().allSatisfy({ $0 > 0 }),
            ["NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"].contains(automaticPadding)
        else {
            throw .invalid(node, "its window does not fit \(rank) spatial dimensions")
        }
    }

    /// The output's sizes for an input of these `sizes`; nil when the window is larger.
    ///
    /// Formulas: https://onnx.ai/onnx/operators/onnx__MaxPool.html. With `roundingUp` the last
    /// window has to start inside the input or its leading padding, as ONNX 1.17 settled.
    func outputSizes(_ sizes: [Int], roundingUp: Bool) -> [Int]? {
        var result: [Int] = []
        for (index, size) in sizes.enumerated() {
            let stride = strides[index]
            guard !automaticPadding.hasPrefix("SAME") else {
                result.append((size + stride - 1) / stride)
                continue
            }
            let isValid = automaticPadding == "VALID"
            let before = isValid ? 0 : padsBefore[index]
            let span = dilations[index] * (kernel[index] - 1) + 1
            let room = size + before + (isValid ? 0 : padsAfter[index]) - span
            guard room >= 0 else { return nil }
            var count = (room + (roundingUp ? stride - 1 : 0)) / stride + 1
            if roundingUp, (count - 1) * stride >= size + before { count -= 1 }
            result.append(count)
        }
        return result
    }
}
