import Graph
import GraphTestSupport
import Testing

@Suite struct JoiningTests {
    /// Convolution and ReLU from [N, `channels`, 6, 6] to [N, 3, 6, 6]; every name but those of input
    /// and output is the same in all of them.
    private static func layer(
        channels: Int,
        input: String = "x",
        output: String = "y",
        version: Int = 13
    ) throws -> Network {
        var builder = NetworkBuilder(input: [0, channels, 6, 6])
        builder.constant("kernel", [3, channels, 3, 3])
        builder.node("Conv", ["x", "kernel"], "middle", lists: ["pads": [1, 1, 1, 1]])
        builder.node("Relu", ["middle"], output)
        builder.model.opsetImport[0].version = Int64(version)
        builder.model.graph.input[0].name = input
        builder.model.graph.node[0].input[0] = input
        return try builder.network(output: output)
    }

    @Test func `clashing names are kept apart`() throws {
        let first = try Self.layer(channels: 2)
        let joined = try first.appending(Self.layer(channels: 3))
        let nodes = joined.model.graph.node
        #expect(nodes.map(\.output) == [["middle"], ["y"], ["middle_2"], ["y_2"]])
        #expect(nodes.map { $0.input[0] } == ["x", "middle", "y", "middle_2"])
        #expect(joined.input.name == "x")
        #expect(joined.output.name == "y_2")
        #expect(joined.model.graph.initializer.map(\.name) == ["kernel", "kernel_2"])
        #expect(try joined.tensorTypes(batch: 5)["y_2"]?.shape == [5, 3, 6, 6])
        let thrice = try joined.appending(Self.layer(channels: 3, input: "middle_2", output: "x"))
        #expect(thrice.output.name == "x_2")
        #expect(thrice.model.graph.node.count == 6)
    }

    @Test func `costs add up`() throws {
        let first = try Self.layer(channels: 2)
        let second = try Self.layer(channels: 3)
        let (one, two) = (try first.cost(), try second.cost())
        let both = try first.appending(second).cost()
        #expect(both.multiplyAccumulates == one.multiplyAccumulates + two.multiplyAccumulates)
        #expect(both.parameters == one.parameters + two.parameters)
    }

    @Test func `a network cut and joined again is the network`() throws {
        var builder = NetworkBuilder(input: [0, 2, 6, 6])
        builder.constant("kernel", [3, 2, 3, 3])
        builder.node("Conv", ["x", "kernel"], "a")
        builder.node("Relu", ["a"], "b")
        builder.node("GlobalAveragePool", ["b"], "c")
        let network = try builder.network(output: "c")
        let (head, tail) = try network.cut(at: "b")
        let joined = try head.appending(tail)
        #expect(joined.model.graph.node == network.model.graph.node)
        #expect(joined.model.graph.initializer == network.model.graph.initializer)
        #expect(joined.input == network.input)
        #expect(joined.output == network.output)
    }

    @Test func `parts that do not fit are refused`() throws {
        let error = #expect(throws: GraphError.self) {
            try Self.layer(channels: 2).appending(Self.layer(channels: 2))
        }
        #expect(error?.kind == .mismatchedParts)
        #expect(error?.description.contains("[1, 3, 6, 6]") == true)
    }

    @Test func `operator sets become one where no operator changed`() throws {
        let old = try Self.layer(channels: 2, version: 11)
        let new = try Self.layer(channels: 3, version: 17)
        let joined = try old.appending(new)
        #expect(joined.model.opsetImport.map(\.version) == [17])
        let reversed = try Self.layer(channels: 2, version: 17)
            .appending(Self.layer(channels: 3, version: 11))
        #expect(reversed.model.opsetImport.map(\.version) == [17])
    }

    @Test func `operator sets that mean different things are refused`() throws {
        var builder = NetworkBuilder(input: [0, 3, 6, 6])
        builder.node("Softmax", ["x"], "soft", integers: ["axis": 1])
        builder.model.opsetImport[0].version = 12
        let old = try builder.network(output: "soft")
        let error = #expect(throws: GraphError.self) {
            try Self.layer(channels: 2, version: 13).appending(old)
        }
        #expect(error?.kind == .operatorSets)
        #expect(error?.description.contains("Softmax 'soft'") == true)
        // Old and new alike: nothing has to be taken for another version.
        _ = try Self.layer(channels: 2, version: 12).appending(old)
        // A version of which the changes are not known.
        #expect(throws: GraphError.self) {
            try Self.layer(channels: 2, version: 9).appending(Self.layer(channels: 3, version: 13))
        }
    }
}
