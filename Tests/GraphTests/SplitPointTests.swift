import Foundation
import Graph
import GraphTestSupport
import Testing

@Suite struct SplitPointTests {
    /// Seeds whose random network has an output that depends on its input.
    static let networks: [(seed: UInt64, network: Network)] = (0..<400).compactMap { seed in
        (try? RandomNetworks.make(seed: seed)).map { (seed, $0) }
    }

    @Test func splitPointsAreTheTensorsWhoseRemovalPartsInputAndOutput() throws {
        #expect(Self.networks.count > 200)
        var found = 0
        for (seed, network) in Self.networks {
            let points = try network.splitPoints().map(\.tensor)
            #expect(points == RandomNetworks.separators(of: network), "seed \(seed)")
            found += points.count
        }
        #expect(found > 300)
    }

    @Test func headThenTailComputesWhatTheNetworkComputes() throws {
        for (seed, network) in Self.networks {
            let whole = try #require(RandomNetworks.evaluate(network, 12_345))
            for point in try network.splitPoints() {
                let (head, tail) = try network.cut(at: point.tensor)
                let middle = try #require(RandomNetworks.evaluate(head, 12_345))
                #expect(RandomNetworks.evaluate(tail, middle) == whole, "seed \(seed)")
                #expect(RandomNetworks.evaluate(tail, middle ^ 1) != whole, "seed \(seed)")
            }
        }
    }

    @Test func cuttingKeepsTheOtherSplitPointsAndTheCost() throws {
        for (_, network) in Self.networks {
            let points = try network.splitPoints()
            for (index, point) in points.enumerated() {
                let (head, tail) = try network.cut(at: point.tensor)
                #expect(try head.splitPoints().map(\.tensor) == points.prefix(index).map(\.tensor))
                #expect(
                    try tail.splitPoints().map(\.tensor)
                        == points.dropFirst(index + 1).map(\.tensor)
                )
                #expect(try head.cost() == point.head)
                #expect(try tail.cost() == point.tail)
            }
        }
    }

    @Test func everyOtherTensorIsRefusedAsAPlaceToCut() throws {
        for (_, network) in Self.networks {
            let points = Set(try network.splitPoints().map(\.tensor))
            let tensors =
                ["x", "c", "folded", "nowhere"] + network.model.graph.node.flatMap(\.output)
            for tensor in tensors where !points.contains(tensor) {
                let error = #expect(throws: GraphError.self) { try network.cut(at: tensor) }
                #expect(error?.kind == .notASplitPoint)
            }
        }
    }

    @Test func partsHoldJustTheConstantsThatTheyNeed() throws {
        var builder = NetworkBuilder(input: [0, 3, 8, 8])
        builder.constant("early", [4, 3, 3, 3])
        builder.constant("late", [5, 4, 1, 1])
        builder.constant("unused", [9])
        builder.node("Conv", ["x", "early"], "a")
        builder.node("Relu", ["a"], "b")
        builder.node("Conv", ["b", "late"], "c")
        let (head, tail) = try builder.network(output: "c").cut(at: "b")
        #expect(head.model.graph.initializer.map(\.name) == ["early"])
        #expect(tail.model.graph.initializer.map(\.name) == ["late"])
    }

    @Test func dynamicBatchStaysDynamicAcrossTheCut() throws {
        var builder = NetworkBuilder(input: [0, 3, 8, 8])
        builder.node("Relu", ["x"], "a")
        builder.node("GlobalAveragePool", ["a"], "b")
        let (head, tail) = try builder.network(output: "b").cut(at: "a")
        #expect(tail.hasDynamicBatch)
        #expect(tail.input.type.tensorType.shape.dim.map(\.dimParam) == ["N", "", "", ""])
        #expect(head.output == tail.input)
        #expect(try tail.tensorTypes(batch: 5)["b"]?.shape == [5, 3, 1, 1])
    }

    @Test func costOfASmallNetworkIsTheOneCountedByHand() throws {
        var builder = NetworkBuilder(input: [0, 3, 8, 8])
        builder.constant("kernel", [4, 3, 3, 3])
        builder.constant("bias", [4])
        builder.constant("depthwise", [4, 1, 3, 3])
        builder.constant("up", [4, 2, 2, 2])
        builder.constant("matrix", [10, 288])
        builder.node("Conv", ["x", "kernel", "bias"], "a")
        builder.node(
            "Conv",
            ["a", "depthwise"],
            "b",
            integers: ["group": 4],
            lists: ["pads": [1, 1, 1, 1]]
        )
        builder.node("ConvTranspose", ["b", "up"], "c", lists: ["strides": [2, 2]])
        builder.node("Flatten", ["c"], "d")
        builder.node("Gemm", ["d", "matrix"], "e", integers: ["transB": 1])
        let network = try builder.network(output: "e")
        // 6·6·4 outputs of 3·9; 6·6·4 of 9; 6·6·4 inputs of 2·4; 10 outputs of 12·12·2.
        let counts = [6 * 6 * 4 * 27, 6 * 6 * 4 * 9, 6 * 6 * 4 * 8, 0, 10 * 288]
        #expect(try network.multiplyAccumulates(network.tensorTypes()) == counts)
        let points = try network.splitPoints()
        #expect(points.map(\.head.multiplyAccumulates) == [3888, 5184, 6336, 6336])
        #expect(points.map(\.tail.multiplyAccumulates) == [5328, 4032, 2880, 2880])
        #expect(points.map(\.head.parameters) == [112, 148, 180, 180])
        #expect(points.map(\.tail.parameters) == [2948, 2912, 2880, 2880])
        #expect(points[0].type.bytes == 4 * 6 * 6 * 4)
    }
}
