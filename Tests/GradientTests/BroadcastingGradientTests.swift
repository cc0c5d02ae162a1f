import Testing

struct BroadcastingGradientTests {
    static let shapes: [([Int], [Int])] = [
        ([2, 3, 4], [2, 3, 4]), ([2, 3, 4], [3, 1]), ([4], [2, 3, 4]), ([2, 1, 4], [1, 3, 1]),
        ([2, 3], []),
    ]

    @Test(arguments: ["Add", "Sub", "Mul", "Div", "Sum"], shapes)
    func arithmetic(_ kind: String, _ shapes: ([Int], [Int])) throws {
        var graph = TestGraph()
        graph.input("a", shapes.0)
        graph.constant("b", shapes.1, .positive)
        graph.node(kind, ["a", "b"])
        try FiniteDifferences.check(graph, ["a", "b"])
        try FiniteDifferences.check(graph, ["a"])
    }

    @Test func sumOfThree() throws {
        var graph = TestGraph()
        for (name, shape) in [("a", [2, 3]), ("b", [3]), ("c", [2, 1])] { graph.input(name, shape) }
        graph.node("Sum", ["a", "b", "c"])
        try FiniteDifferences.check(graph, ["a", "b", "c"])
    }

    @Test func tensorReadTwiceByOneNode() throws {
        var graph = TestGraph()
        graph.input("a", [2, 3])
        graph.node("Mul", ["a", "a"])
        try FiniteDifferences.check(graph, ["a"])
    }

    @Test(arguments: ["Max", "Min"])
    func extremum(_ kind: String) throws {
        var graph = TestGraph()
        graph.input("x", [4, 6], .awayFrom([0.3]))
        graph.constant("bound", [1], values: [0.3])
        graph.node(kind, ["x", "bound"])
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test(arguments: ["Max", "Min"])
    func extremumOfTwoVariables(_ kind: String) throws {
        var graph = TestGraph()
        graph.input("a", [4, 6], .awayFrom([0, 0.6]))
        graph.constant("b", [6], values: [0, 0.6, 0, 0.6, 0, 0.6])
        graph.node(kind, ["a", "b"])
        try FiniteDifferences.check(graph, ["a", "b"])
    }

    @Test(arguments: [0.5, 1, 2, 3, -1.5] as [Float])
    func power(_ exponent: Float) throws {
        var graph = TestGraph()
        graph.input("x", [4, 3], .positive)
        graph.constant("p", [], values: [exponent])
        graph.node("Pow", ["x", "p"])
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test func squareOfNegatives() throws {
        var graph = TestGraph()
        graph.input("x", [4, 3])
        graph.integers("p", [2])
        graph.node("Pow", ["x", "p"])
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test func choice() throws {
        var graph = TestGraph()
        graph.input("a", [4, 3])
        graph.constant("b", [3])
        graph.truths("condition", [true, false, true])
        graph.node("Where", ["condition", "a", "b"])
        try FiniteDifferences.check(graph, ["a", "b"])
    }

    @Test func expansion() throws {
        var graph = TestGraph()
        graph.input("x", [3, 1])
        graph.integers("shape", [2, 1, 4])
        graph.node("Expand", ["x", "shape"])
        try FiniteDifferences.check(graph, ["x"])
    }
}
