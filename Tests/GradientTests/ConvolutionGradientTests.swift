import Testing

struct ConvolutionGradientTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var input = [2, 4, 7, 6]
        var weight = [6, 4, 3, 3]
        var attributes: [(String, TestGraph.Attribute)] = []

        var testDescription: String { name }
    }

    static let convolutions = [
        Case(name: "plain"),
        Case(name: "one image", input: [1, 4, 7, 6]),
        Case(
            name: "strides, pads and dilations, all uneven",
            input: [2, 4, 9, 8],
            attributes: [
                ("strides", .integers([2, 3])), ("pads", .integers([1, 0, 2, 1])),
                ("dilations", .integers([1, 2])),
            ]
        ),
        Case(
            name: "two groups",
            weight: [6, 2, 3, 3],
            attributes: [
                ("group", .integer(2)), ("strides", .integers([2, 2])),
                ("pads", .integers([1, 1, 1, 1])),
            ]
        ),
        Case(
            name: "depthwise",
            weight: [4, 1, 3, 3],
            attributes: [("group", .integer(4)), ("pads", .integers([1, 1, 1, 1]))]
        ),
        Case(
            name: "depthwise with stride and dilation",
            input: [2, 4, 9, 8],
            weight: [4, 1, 3, 2],
            attributes: [
                ("group", .integer(4)), ("strides", .integers([2, 2])),
                ("dilations", .integers([2, 1])), ("pads", .integers([1, 1, 0, 0])),
            ]
        ),
        Case(
            name: "depthwise, two filters a channel",
            weight: [8, 1, 3, 3],
            attributes: [("group", .integer(4)), ("strides", .integers([2, 1]))]
        ),
        Case(name: "as many outputs as inputs", weight: [4, 4, 3, 3]),
        Case(name: "1×1", weight: [5, 4, 1, 1]),
        Case(name: "1×1, as many outputs as inputs", weight: [4, 4, 1, 1]),
        Case(
            name: "1×1 with stride",
            weight: [5, 4, 1, 1],
            attributes: [("strides", .integers([2, 2]))]
        ),
        Case(name: "1×1 in groups", weight: [6, 2, 1, 1], attributes: [("group", .integer(2))]),
        Case(
            name: "padded automatically, more at the end",
            attributes: [
                ("auto_pad", .string("SAME_UPPER")), ("strides", .integers([2, 2])),
            ]
        ),
        Case(
            name: "padded automatically, more at the start",
            attributes: [
                ("auto_pad", .string("SAME_LOWER")), ("strides", .integers([2, 2])),
            ]
        ),
        Case(name: "not padded automatically", attributes: [("auto_pad", .string("VALID"))]),
        Case(
            name: "one dimension",
            input: [2, 4, 11],
            weight: [6, 2, 3],
            attributes: [("group", .integer(2)), ("strides", .integers([3]))]
        ),
    ]

    @Test(arguments: convolutions)
    func convolution(_ test: Case) throws {
        var graph = TestGraph()
        graph.input("x", test.input)
        graph.constant("w", test.weight)
        graph.constant("b", [test.weight[0]])
        graph.node("Conv", ["x", "w", "b"], ["y"], test.attributes)
        try FiniteDifferences.check(graph, ["x", "w", "b"])
        // With a weight that stays constant the engine picks other kernels.
        try FiniteDifferences.check(graph, ["x"])
    }

    static let transposed = [
        Case(name: "plain", input: [2, 4, 3, 4], weight: [4, 3, 3, 3]),
        Case(
            name: "stride, pads and output padding",
            input: [2, 4, 3, 4],
            weight: [4, 3, 3, 3],
            attributes: [
                ("strides", .integers([2, 3])), ("pads", .integers([1, 1, 0, 1])),
                ("output_padding", .integers([1, 2])),
            ]
        ),
        Case(
            name: "groups and dilation",
            input: [2, 4, 3, 4],
            weight: [4, 3, 2, 3],
            attributes: [
                ("group", .integer(2)), ("dilations", .integers([2, 1])),
                ("strides", .integers([2, 2])),
            ]
        ),
        Case(
            name: "depthwise",
            input: [2, 4, 3, 4],
            weight: [4, 1, 4, 4],
            attributes: [
                ("group", .integer(4)), ("strides", .integers([2, 2])),
                ("pads", .integers([1, 1, 1, 1])),
            ]
        ),
        Case(name: "1×1", input: [2, 4, 3, 4], weight: [4, 3, 1, 1]),
        Case(name: "as many outputs as inputs", input: [2, 4, 3, 4], weight: [4, 4, 3, 3]),
    ]

    @Test(arguments: transposed)
    func transposedConvolution(_ test: Case) throws {
        var graph = TestGraph()
        graph.input("x", test.input)
        graph.constant("w", test.weight)
        let isDepthwise = test.weight[1] == 1
        let groups = isDepthwise ? 4 : test.name == "groups and dilation" ? 2 : 1
        graph.constant("b", [test.weight[1] * groups])
        graph.node("ConvTranspose", ["x", "w", "b"], ["y"], test.attributes)
        try FiniteDifferences.check(graph, ["x", "w", "b"])
        try FiniteDifferences.check(graph, ["x"])
    }
}
