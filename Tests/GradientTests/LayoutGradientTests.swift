import Testing

struct LayoutGradientTests {
    @Test func reshapes() throws {
        var graph = TestGraph()
        graph.input("x", [2, 3, 4])
        graph.integers("shape", [0, -1])
        graph.integers("axes", [1])
        graph.node("Reshape", ["x", "shape"], ["a"])
        graph.node("Unsqueeze", ["a", "axes"], ["b"])
        graph.node("Squeeze", ["b", "axes"], ["c"])
        graph.node("Flatten", ["c"], ["y"], [("axis", .integer(2))])
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test(arguments: [[1, 2, 0], [2, 1, 0], nil])
    func transposition(_ order: [Int]?) throws {
        var graph = TestGraph()
        graph.input("x", [2, 3, 4])
        graph.node("Transpose", ["x"], ["y"], order.map { [("perm", .integers($0))] } ?? [])
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test func concatenationAndSplit() throws {
        var graph = TestGraph()
        graph.input("a", [2, 3])
        graph.constant("b", [2, 4])
        graph.integers("parts", [2, 4, 1])
        graph.node("Concat", ["a", "b"], ["c"], [("axis", .integer(1))])
        graph.node(
            "Split",
            ["c", "parts"],
            ["first", "second", "third"],
            [("axis", .integer(-1))]
        )
        graph.node("ReduceSum", ["first"], ["sum"])
        graph.node("Mul", ["second", "sum"])
        try FiniteDifferences.check(graph, ["a", "b"])
    }

    @Test func splitWithAnOmittedPart() throws {
        var graph = TestGraph()
        graph.input("x", [2, 7])
        graph.integers("parts", [2, 4, 1])
        graph.node("Split", ["x", "parts"], ["first", "", "third"], [("axis", .integer(1))])
        graph.node("Mul", ["first", "third"])
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test(arguments: [9, 17])
    func slice(operatorSet: Int) throws {
        var graph = TestGraph(operatorSet: operatorSet)
        graph.input("x", [3, 5, 6])
        if operatorSet < 10 {
            graph.node(
                "Slice",
                ["x"],
                ["y"],
                [
                    ("starts", .integers([1, -3])), ("ends", .integers([4, 100])),
                    ("axes", .integers([1, 2])),
                ]
            )
        } else {
            graph.integers("starts", [-2, 5, 1])
            graph.integers("ends", [100, 0, 3])
            graph.integers("axes", [1, 2, 0])
            graph.integers("steps", [1, -2, 1])
            graph.node("Slice", ["x", "starts", "ends", "axes", "steps"])
        }
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test(arguments: ["constant", "reflect", "edge"])
    func padding(mode: String) throws {
        var graph = TestGraph()
        graph.input("x", [2, 3, 4])
        graph.integers("pads", [0, 1, 2, 1, 2, 3])
        graph.node("Pad", ["x", "pads"], ["y"], [("mode", .string(mode))])
        // Reflection needs a dimension larger than its pads.
        if mode != "reflect" { try FiniteDifferences.check(graph, ["x"]) }
        var reflected = TestGraph()
        reflected.input("x", [1, 3, 4])
        reflected.integers("pads", [0, 1, 2, 0, 2, 3])
        reflected.node("Pad", ["x", "pads"], ["y"], [("mode", .string(mode))])
        try FiniteDifferences.check(reflected, ["x"])
    }

    @Test func paddingThatCrops() throws {
        var graph = TestGraph()
        graph.input("x", [2, 3, 4])
        graph.integers("pads", [0, -1, 2, 0, 0, -1])
        graph.node("Pad", ["x", "pads"])
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test(arguments: [
        [3, 1, 0, 2], [1, 1, -1], [2, 2, 2, 2, 2, 0, 0, 0, 0, 0, 1, 1], [0, 1, 2, 3, 0],
    ])
    func gathering(_ indices: [Int]) throws {
        for axis in [1, -1] {
            var graph = TestGraph()
            graph.input("x", [2, 4, 4])
            graph.integers("indices", indices)
            graph.node("Gather", ["x", "indices"], ["y"], [("axis", .integer(axis))])
            try FiniteDifferences.check(graph, ["x"])
        }
    }

    @Test func gatheringOneAndATable() throws {
        for (indices, shape) in [([2], []), ([0, 3, 3, 1], [2, 2])] as [([Int], [Int])] {
            var graph = TestGraph()
            graph.input("x", [3, 4, 2])
            graph.integers("indices", indices, shape: shape)
            graph.node("Gather", ["x", "indices"], ["y"], [("axis", .integer(1))])
            try FiniteDifferences.check(graph, ["x"])
        }
    }

    /// Per-position scales from per-band ones: more indices than shape inference keeps.
    @Test func gatheringForManyPositions() throws {
        var graph = TestGraph()
        graph.input("x", [2, 3])
        graph.integers("bands", (0..<5000).map { $0 % 3 })
        graph.node("Gather", ["x", "bands"], ["scales"], [("axis", .integer(1))])
        graph.node("ReduceMean", ["scales"], ["y"], [("axes", .integers([1]))])
        try FiniteDifferences.check(graph, ["x"])
    }
}
