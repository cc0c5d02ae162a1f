import Testing

struct ElementwiseGradientTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var kind: String
        var draw = TestGraph.Draw.normal
        var attributes: [(String, TestGraph.Attribute)] = []
        var operatorSet = 17

        var testDescription: String { "\(kind) \(attributes.map(\.0)) \(operatorSet)" }
    }

    static let cases = [
        Case(kind: "Relu", draw: .awayFrom([0])),
        Case(kind: "LeakyRelu", draw: .awayFrom([0]), attributes: [("alpha", .float(0.3))]),
        Case(kind: "LeakyRelu", draw: .awayFrom([0])),
        Case(kind: "Sigmoid"), Case(kind: "Tanh"), Case(kind: "Exp"), Case(kind: "Neg"),
        Case(kind: "Softplus"), Case(kind: "Erf"), Case(kind: "Identity"),
        Case(kind: "Abs", draw: .awayFrom([0])),
        Case(kind: "Log", draw: .positive), Case(kind: "Sqrt", draw: .positive),
        Case(kind: "Reciprocal", draw: .positive),
        Case(kind: "HardSigmoid", draw: .awayFrom([-2.5, 2.5])),
        Case(
            kind: "HardSigmoid",
            draw: .awayFrom([-1.2, 0.8]),
            attributes: [("alpha", .float(0.5)), ("beta", .float(0.6))]
        ),
        Case(kind: "HardSwish", draw: .awayFrom([-3, 3])),
        Case(
            kind: "Clip",
            draw: .awayFrom([-0.5, 1]),
            attributes: [("min", .float(-0.5)), ("max", .float(1))],
            operatorSet: 9
        ),
        Case(kind: "Softmax"), Case(kind: "LogSoftmax"),
        Case(kind: "Softmax", attributes: [("axis", .integer(1))]),
        Case(kind: "LogSoftmax", attributes: [("axis", .integer(0))]),
        Case(kind: "Softmax", attributes: [("axis", .integer(1))], operatorSet: 9),
        Case(kind: "LogSoftmax", attributes: [("axis", .integer(1))], operatorSet: 9),
        Case(kind: "Cast", attributes: [("to", .integer(1))]),
        Case(kind: "Dropout"),
    ]

    @Test(arguments: cases)
    func functionOfOneTensor(_ test: Case) throws {
        var graph = TestGraph(operatorSet: test.operatorSet)
        graph.input("x", [2, 3, 5], test.draw)
        graph.node(test.kind, ["x"], ["y"], test.attributes)
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test(arguments: [["x", "low", "high"], ["x", "low"], ["x", "", "high"], ["x"]])
    func clipWithBoundsThatAreInputs(_ inputs: [String]) throws {
        var graph = TestGraph()
        graph.input("x", [2, 3, 5], .awayFrom([0, 1]))
        graph.constant("low", [], values: [0])
        graph.constant("high", [], values: [1])
        graph.node("Clip", inputs)
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test func clipWithABoundThatStandsForNone() throws {
        var graph = TestGraph()
        graph.input("x", [2, 3, 5], .awayFrom([0]))
        graph.constant("low", [], values: [0])
        graph.constant("high", [], values: [.greatestFiniteMagnitude])
        graph.node("Clip", ["x", "low", "high"])
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test func batchNormalization() throws {
        var graph = TestGraph()
        graph.input("x", [2, 3, 4, 2])
        for name in ["scale", "bias", "mean"] { graph.constant(name, [3]) }
        graph.constant("variance", [3], .positive)
        graph.node(
            "BatchNormalization",
            ["x", "scale", "bias", "mean", "variance"],
            ["y"],
            [("epsilon", .float(1e-3))]
        )
        try FiniteDifferences.check(graph, ["x", "scale", "bias"])
        try FiniteDifferences.check(graph, ["x"])
    }
}
