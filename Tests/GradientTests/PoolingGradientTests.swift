import Graph
import Testing

struct PoolingGradientTests {
    typealias Case = ConvolutionGradientTests.Case

    static let windows = [
        Case(name: "plain", attributes: [("kernel_shape", .integers([2, 3]))]),
        Case(
            name: "stride and pads",
            attributes: [
                ("kernel_shape", .integers([3, 3])), ("strides", .integers([2, 2])),
                ("pads", .integers([1, 1, 1, 1])),
            ]
        ),
        Case(
            name: "rounded up",
            attributes: [
                ("kernel_shape", .integers([3, 2])), ("strides", .integers([2, 2])),
                ("pads", .integers([0, 1, 1, 0])), ("ceil_mode", .integer(1)),
            ]
        ),
        Case(
            name: "stride beyond the kernel",
            attributes: [("kernel_shape", .integers([2, 2])), ("strides", .integers([3, 3]))]
        ),
        Case(
            name: "padded automatically",
            attributes: [
                ("kernel_shape", .integers([3, 3])), ("strides", .integers([2, 2])),
                ("auto_pad", .string("SAME_UPPER")),
            ]
        ),
        Case(
            name: "one dimension",
            input: [2, 3, 9],
            attributes: [("kernel_shape", .integers([3])), ("strides", .integers([2]))]
        ),
    ]

    private func averaging(_ test: Case, includesPadding: Bool) -> TestGraph {
        var graph = TestGraph()
        graph.input("x", test.input)
        let attribute = ("count_include_pad", TestGraph.Attribute.integer(includesPadding ? 1 : 0))
        graph.node("AveragePool", ["x"], ["y"], test.attributes + [attribute])
        return graph
    }

    @Test(arguments: windows)
    func average(_ test: Case) throws {
        try FiniteDifferences.check(averaging(test, includesPadding: false), ["x"])
    }

    @Test(arguments: windows.filter { $0.name != "rounded up" })
    func averageThatCountsPadding(_ test: Case) throws {
        try FiniteDifferences.check(averaging(test, includesPadding: true), ["x"])
    }

    @Test func averageThatCountsPaddingAndReachesBeyondIsRefused() throws {
        let test = try #require(Self.windows.first { $0.name == "rounded up" })
        let graph = averaging(test, includesPadding: true)
        #expect(throws: GraphError.self) {
            try graph.model.differentiated(DifferentiationRequest(of: "y", withRespectTo: ["x"]))
        }
    }

    @Test(arguments: windows)
    func maximum(_ test: Case) throws {
        var graph = TestGraph()
        graph.input("x", test.input, .distinct)
        graph.node("MaxPool", ["x"], ["y"], test.attributes)
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test func maximumWithDilation() throws {
        var graph = TestGraph()
        graph.input("x", [1, 2, 8, 7], .distinct)
        graph.node(
            "MaxPool",
            ["x"],
            ["y"],
            [("kernel_shape", .integers([2, 3])), ("dilations", .integers([2, 2]))]
        )
        try FiniteDifferences.check(graph, ["x"])
    }

    @Test(arguments: ["GlobalAveragePool", "GlobalMaxPool"])
    func globalPool(_ kind: String) throws {
        var graph = TestGraph()
        graph.input("x", [2, 3, 4, 3], .distinct)
        graph.node(kind, ["x"])
        try FiniteDifferences.check(graph, ["x"])
    }
}
