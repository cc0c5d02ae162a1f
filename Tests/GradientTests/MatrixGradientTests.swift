import Testing

struct MatrixGradientTests {
    static let shapes: [([Int], [Int])] = [
        ([3, 4], [4, 5]), ([2, 3, 4], [4, 5]), ([2, 3, 4], [2, 4, 5]), ([3, 4], [2, 4, 5]),
        ([2, 1, 3, 4], [1, 3, 4, 5]), ([4], [4, 5]), ([2, 3, 4], [4]), ([4], [4]),
    ]

    @Test(arguments: shapes)
    func product(_ shapes: ([Int], [Int])) throws {
        var graph = TestGraph()
        graph.input("a", shapes.0)
        graph.constant("b", shapes.1)
        graph.node("MatMul", ["a", "b"])
        try FiniteDifferences.check(graph, ["a", "b"])
        try FiniteDifferences.check(graph, ["a"])
    }

    @Test(arguments: [0, 1], [0, 1])
    func gemm(transA: Int, transB: Int) throws {
        var graph = TestGraph()
        graph.input("a", transA == 0 ? [3, 4] : [4, 3])
        graph.constant("b", transB == 0 ? [4, 5] : [5, 4])
        graph.constant("c", [5])
        graph.node(
            "Gemm",
            ["a", "b", "c"],
            ["y"],
            [
                ("transA", .integer(transA)), ("transB", .integer(transB)), ("alpha", .float(0.7)),
                ("beta", .float(-0.4)),
            ]
        )
        try FiniteDifferences.check(graph, ["a", "b", "c"])
        try FiniteDifferences.check(graph, ["a"])
    }

    /// The forward and the backward pass read a square constant differently.
    @Test(arguments: [0, 1])
    func squareConstant(transB: Int) throws {
        var graph = TestGraph()
        graph.input("x", [3, 8])
        for name in ["first", "second", "third"] { graph.constant(name, [8, 8]) }
        graph.node("Gemm", ["x", "first"], ["a"], [("transB", .integer(transB))])
        graph.node("MatMul", ["a", "second"], ["b"])
        graph.node("Transpose", ["third"], ["turned"])
        graph.node("MatMul", ["b", "turned"])
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test func gemmWithoutOffset() throws {
        var graph = TestGraph()
        graph.input("a", [3, 4])
        graph.constant("b", [4, 5])
        graph.node("Gemm", ["a", "b"])
        try FiniteDifferences.check(graph, ["a", "b"])
    }
}
