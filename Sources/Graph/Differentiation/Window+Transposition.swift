extension Window {
    /// This window with its padding spelled out.
    ///
    /// Formulas: https://onnx.ai/onnx/operators/onnx__Conv.html
    func padded(input: ArraySlice<Int>, output: ArraySlice<Int>) -> Window {
        var window = self
        window.automaticPadding = "NOTSET"
        guard automaticPadding != "NOTSET" else { return window }
        for (index, (input, output)) in zip(input, output).enumerated() {
            let isSame = automaticPadding.hasPrefix("SAME")
            let total = isSame ? max((output - 1) * strides[index] + span(index) - input, 0) : 0
            let less = total / 2
            window.padsBefore[index] = automaticPadding == "SAME_LOWER" ? total - less : less
            window.padsAfter[index] = total - window.padsBefore[index]
        }
        return window
    }

    /// The entries from the first to the last tap of dimension `index`.
    func span(_ index: Int) -> Int { dilations[index] * (kernel[index] - 1) + 1 }

    /// Where the last of `output` windows ends, counted from the start of the input.
    func reach(output: ArraySlice<Int>) -> [Int] {
        output.enumerated().map { index, count in
            (count - 1) * strides[index] + span(index) - padsBefore[index]
        }
    }

    /// The attributes of a Conv with this window, of which the padding is spelled out.
    var attributes: [OnnxAttributeProto] {
        [
            .integers("strides", strides), .integers("dilations", dilations),
            .integers("pads", padsBefore + padsAfter),
        ]
    }

    /// The attributes of the ConvTranspose that goes back from `output` to `input`.
    func transposed(input: ArraySlice<Int>, output: ArraySlice<Int>) -> [OnnxAttributeProto] {
        var window = self
        let reach = reach(output: output)
        window.padsAfter = zip(reach, input).map { max($0 - $1, 0) }
        let extra = zip(reach, input).map { max($1 - $0, 0) }
        return window.attributes + [.integers("output_padding", extra)]
    }

    /// The window of the convolution that gives the weight's gradient; its kernel is the output.
    func exchanged(kernel: [Int]) -> Window {
        var window = self
        window.kernel = kernel
        swap(&window.strides, &window.dilations)
        return window
    }

    /// Whether the window is a single entry that stops at every position.
    var isPoint: Bool {
        (kernel + strides).allSatisfy { $0 == 1 } && (padsBefore + padsAfter).allSatisfy { $0 == 0 }
    }
}
