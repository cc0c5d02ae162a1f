import Graph
import Inference
import Testing

struct ReductionGradientTests {
    static let kinds = [
        "ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL1", "ReduceL2",
        "ReduceSumSquare", "ReduceLogSum", "ReduceLogSumExp",
    ]

    private func input(_ kind: String, into graph: inout TestGraph) {
        let needsPositive = kind == "ReduceLogSum"
        let draw: TestGraph.Draw =
            needsPositive ? .positive : kind.hasPrefix("ReduceM") ? .distinct : .awayFrom([0])
        graph.input("x", [2, 3, 4], draw)
    }

    @Test(arguments: kinds, [0, 1])
    func overSomeAxes(_ kind: String, keeping: Int) throws {
        var graph = TestGraph(operatorSet: 12)
        input(kind, into: &graph)
        graph.node(
            kind,
            ["x"],
            ["y"],
            [("axes", .integers([0, -1])), ("keepdims", .integer(keeping))]
        )
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test(arguments: kinds)
    func overAllAxes(_ kind: String) throws {
        var graph = TestGraph()
        input(kind, into: &graph)
        graph.node(kind, ["x"], ["y"], [("keepdims", .integer(0))])
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test func lengthOfNothingHasNoSlope() throws {
        var graph = TestGraph()
        graph.input("x", [3, 2])
        graph.node("ReduceL2", ["x"], ["y"], [("axes", .integers([1]))])
        let result = try graph.model.differentiated(
            DifferentiationRequest(of: "y", withRespectTo: ["x"], seed: .input("v"))
        )
        let compiled = try InferenceEngine().compile(onnx: result.serialized(), name: "step")
        let gradient = try compiled.run([[0, 0, 3, 4, 0, 1e-25], [1e30, 5, 7]])[0]
        #expect(gradient.prefix(2) == [0, 0])
        #expect(abs(gradient[2] - 3) < 1e-5 && abs(gradient[3] - 4) < 1e-5)
        #expect(gradient[4] == 0 && (0...7).contains(gradient[5]))
    }

    @Test func axesThatAreAnInput() throws {
        var graph = TestGraph()
        graph.input("x", [2, 3, 4])
        graph.integers("axes", [1])
        graph.node("ReduceSum", ["x", "axes"])
        try FiniteDifferences.check(graph, ["x"])
    }
}
