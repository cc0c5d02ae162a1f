import Foundation
import Graph
import GraphTestSupport
import Testing

@Suite struct NetworkTests {
    static func small() throws -> Network {
        var builder = NetworkBuilder(input: [0, 2, 6, 6])
        builder.constant("kernel", [3, 2, 3, 3])
        builder.constant("target", integers: [0, -1])
        builder.node(
            "Conv",
            ["x", "kernel"],
            "a",
            lists: ["pads": [1, 1, 1, 1], "strides": [2, 2]]
        )
        builder.node("Relu", ["a"], "b")
        builder.node(
            "MaxPool",
            ["b"],
            "c",
            integers: ["ceil_mode": 1],
            lists: ["kernel_shape": [2, 2]]
        )
        builder.node("Reshape", ["c", "target"], "d")
        builder.node("Softmax", ["d"], "e")
        return try builder.network(output: "e")
    }

    @Test func writingAndReadingGivesTheSameModel() throws {
        let network = try Self.small()
        let again = try Network(bytes: network.serialized(), name: "test")
        #expect(again.model == network.model)
        #expect(try again.serialized() == network.serialized())
    }

    @Test func fieldsThatAreNotKnownSurvive() throws {
        // Field 25 of a model, its local functions, is not in our definition.
        let unknown: [UInt8] = [25 << 3 & 0x7f | 2 | 0x80, 1, 3, 65, 66, 67]
        let bytes = try Self.small().serialized() + unknown
        #expect(try Network(bytes: bytes, name: "test").serialized().suffix(6) == unknown[...])
    }

    @Test func everyTruncationIsReadOrRefused() throws {
        let bytes = try Self.small().serialized()
        let reads = bytes.indices.count { Self.isRead(Array(bytes.prefix($0))) }
        #expect(reads < bytes.count / 10, "\(reads) of \(bytes.count) were read")
        let error = #expect(throws: GraphError.self) {
            try Network(bytes: bytes.dropLast(5).map { $0 }, name: "cut.onnx")
        }
        #expect(error?.kind == .truncated)
    }

    @Test func everyDamagedByteIsReadOrRefused() throws {
        let bytes = try Self.small().serialized()
        for change: UInt8 in [0x01, 0x48, 0x80] {
            let reads = bytes.indices.count { index in
                var damaged = bytes
                damaged[index] ^= change
                return Self.isRead(damaged)
            }
            // Weights may have any value; names and sizes may not.
            #expect(reads > bytes.count / 10, "\(reads) of \(bytes.count) were read")
            #expect(reads < bytes.count * 9 / 10, "\(reads) of \(bytes.count) were read")
        }
    }

    @Test func hostileSizesAreRefused() throws {
        let sizes: [Int64] = [.min, -1, 0, 1 << 24, 1 << 31, 1 << 36, 1 << 62, .max]
        let network = try Self.small()
        var (tries, reads) = (0, 0)
        func exercise(_ model: OnnxModelProto) {
            tries += 1
            if Self.isRead({ () throws(GraphError) in try Network(model: model) }) { reads += 1 }
        }
        for size in sizes {
            for node in network.model.graph.node.indices {
                for attribute in network.model.graph.node[node].attribute.indices {
                    var model = network.model
                    model.graph.node[node].attribute[attribute].ints = [size, size]
                    exercise(model)
                    model.graph.node[node].attribute[attribute].ints = [size, size, size, size]
                    exercise(model)
                }
            }
            var model = network.model
            model.graph.input[0].type.tensorType.shape.dim[2].dimValue = size
            exercise(model)
            model = network.model
            model.graph.initializer[1].int64Data = [size, size]
            exercise(model)
        }
        // A list where a number is expected changes nothing.
        #expect(reads < tries / 3, "\(reads) of \(tries) were read")
    }

    /// Goes through everything that reads a model; only a `GraphError` may come of it.
    ///
    /// - Returns: Whether the model was read to the end.
    private static func isRead(_ load: () throws(GraphError) -> Network) -> Bool {
        do throws(GraphError) {
            let network = try load()
            for point in try network.splitPoints() { _ = try network.cut(at: point.tensor) }
            return true
        } catch {
            #expect(!error.description.isEmpty)
            return false
        }
    }

    private static func isRead(_ bytes: [UInt8]) -> Bool {
        isRead { () throws(GraphError) in try Network(bytes: bytes, name: "damaged") }
    }

    @Test func missingFileIsReported() {
        let error = #expect(throws: GraphError.self) {
            try Network(contentsOf: URL(filePath: "/nowhere/net.onnx"))
        }
        #expect(error?.kind == .unreadableFile)
        #expect(error?.subject == "/nowhere/net.onnx")
    }

    @Test(arguments: [("", GraphError.Kind.noGraph), ("{ \"not\": \"onnx\" }", .notOnnx)])
    func otherFilesAreReported(text: String, kind: GraphError.Kind) {
        let error = #expect(throws: GraphError.self) {
            try Network(bytes: Array(text.utf8), name: "f")
        }
        #expect(error?.kind == kind)
    }

    /// A way to spoil the small network, and the error that has to come of it.
    struct Damage: Sendable {
        var kind: GraphError.Kind
        var apply: @Sendable (inout OnnxModelProto) -> Void
    }

    static let damages = [
        Damage(kind: .inputCount) { $0.graph.input += $0.graph.input },
        Damage(kind: .inputCount) { $0.graph.input = [] },
        Damage(kind: .outputCount) { $0.graph.output = [] },
        Damage(kind: .undefinedTensor) { $0.graph.node.swapAt(0, 1) },
        Damage(kind: .duplicateTensor) { $0.graph.node[1].output = ["a"] },
        Damage(kind: .disconnected) { $0.graph.output[0].name = "kernel" },
        Damage(kind: .disconnected) { $0.graph.node[4].input = ["kernel"] },
        Damage(kind: .damagedTensor) { $0.graph.initializer[0].floatData.removeLast() },
        Damage(kind: .damagedTensor) { $0.graph.initializer[0].dims[0] = -3 },
        Damage(kind: .damagedTensor) { $0.graph.initializer[0].dataType = 99 },
        Damage(kind: .externalData) { $0.graph.initializer[0].dataLocation = .external },
    ]

    @Test(arguments: damages) func whatIsWrongIsNamed(damage: Damage) throws {
        var model = try Self.small().model
        damage.apply(&model)
        let error = #expect(throws: GraphError.self) { try Network(model: model) }
        #expect(error?.kind == damage.kind)
    }

    @Test func unknownElementTypesAreNamed() throws {
        var model = try Self.small().model
        model.graph.initializer[0].dataType = 99
        let error = #expect(throws: GraphError.self) { try Network(model: model) }
        #expect(error?.problem.contains("element type has the number 99") == true)
    }

    @Test func constantsMayBeListedAmongTheInputs() throws {
        var model = try Self.small().model
        var value = OnnxValueInfoProto()
        value.name = "kernel"
        model.graph.input.insert(value, at: 0)
        let network = try Network(model: model)
        #expect(network.input.name == "x")
        let (head, tail) = try network.cut(at: "b")
        #expect(Set(head.model.graph.input.map(\.name)) == ["x", "kernel"])
        #expect(tail.model.graph.input.map(\.name) == ["b"])
    }
}
