/// Poolings with a window. Tensors are `[batch, channels, spatial…]`.
extension GradientBuilder {
    /// Every value gets g / count of each window that it is in.
    mutating func differentiateAveragePool(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        let (sizes, outputs) = (shape(try input(node, 0)), shape(gradient))
        let (channels, spatial) = (sizes[1], Array(sizes.dropFirst(2)))
        let window = try Window(node, rank: spatial.count, kernel: nil)
            .padded(input: sizes.dropFirst(2), output: outputs.dropFirst(2))
        let includesPadding = try node.integer("count_include_pad", default: 0) != 0
        let reach = window.reach(output: outputs.dropFirst(2))
        let isBeyond = zip(reach, zip(spatial, window.padsAfter)).contains { $0 > $1.0 + $1.1 }
        if includesPadding, isBeyond {
            // ONNX leaves such entries out of the count, OpenVINO 2026.4 does not.
            throw noGradient(node, "it counts padding and its last window reaches beyond it")
        }
        var weights: [Float] = [1]
        for (index, size) in spatial.enumerated() {
            let counts = window.counts(index, size, outputs[index + 2], includesPadding)
            weights = weights.flatMap { weight in counts.map { weight / Float($0) } }
        }
        let weight = constant(weights, [1, 1] + outputs.dropFirst(2))
        let volume = window.kernel.reduce(1, *)
        let ones = [Float](repeating: 1, count: channels * volume)
        let result = try emit(
            "ConvTranspose",
            [multiply(gradient, weight), constant(ones, [channels, 1] + window.kernel)],
            window.transposed(input: sizes.dropFirst(2), output: outputs.dropFirst(2))
                + [.integer("group", channels)]
        )
        try contribute(result, to: node, 0)
    }

    /// The values of a window that are its maximum share its gradient equally.
    ///
    /// A convolution with one filter for each entry of the window, 1 there and 0 elsewhere, lays the
    /// windows out; its transpose puts the shares back.
    mutating func differentiateMaxPool(
        _ node: OnnxNodeProto,
        _ gradient: String
    ) throws(GraphError) {
        let (sizes, outputs) = (shape(try input(node, 0)), shape(gradient))
        let planes = sizes[0] * sizes[1]
        let (spatial, pooled) = (Array(sizes.dropFirst(2)), Array(outputs.dropFirst(2)))
        let window = try Window(node, rank: spatial.count, kernel: nil)
            .padded(input: sizes.dropFirst(2), output: outputs.dropFirst(2))
        let volume = window.kernel.reduce(1, *)
        var selection = [Float](repeating: 0, count: volume * volume)
        for entry in 0..<volume { selection[entry * volume + entry] = 1 }
        let filters = constant(selection, [volume, 1] + window.kernel)

        var unpadded = window
        unpadded.padsBefore = spatial.map { _ in 0 }
        unpadded.padsAfter = unpadded.padsBefore
        // Far below every value, but finite: a filter multiplies it by 0.
        let padded = try pad(
            reshape(input(node, 0), [planes, 1] + spatial),
            before: [0, 0] + window.padsBefore,
            after: [0, 0]
                + zip(window.reach(output: pooled[...]), spatial).map { max($0 - $1, 0) },
            value: -1e38
        )
        let windows = try emit("Conv", [padded, filters], unpadded.attributes)
        let isMaximum = try equality(windows, reshape(node.output[0], [planes, 1] + pooled))
        let share = try divide(
            reshape(gradient, [planes, 1] + pooled),
            sum(isMaximum, over: [1])
        )
        let result = try emit(
            "ConvTranspose",
            [multiply(isMaximum, share), filters],
            window.transposed(input: sizes.dropFirst(2), output: outputs.dropFirst(2))
        )
        try contribute(reshape(result, sizes), to: node, 0)
    }
}

extension Window {
    /// How many entries each of the `outputs` windows along dimension `index` averages over.
    ///
    /// Rule: https://onnx.ai/onnx/operators/onnx__AveragePool.html.
    fileprivate func counts(
        _ index: Int,
        _ size: Int,
        _ outputs: Int,
        _ includesPadding: Bool
    ) -> [Int] {
        let low = includesPadding ? -padsBefore[index] : 0
        let high = includesPadding ? size + padsAfter[index] : size
        return (0..<outputs).map { output in
            let start = output * strides[index] - padsBefore[index]
            let taps = (0..<kernel[index]).map { start + $0 * dilations[index] }
            return max(taps.count { $0 >= low && $0 < high }, 1)
        }
    }
}
