import BottleneckTestSupport
import Foundation
import Graph
import GraphTestSupport
import Inference
import Testing

@testable import Bottleneck

struct ExternalUnitTests {
    private static let whole =
        #"{ "tensor": "t", "encoder": "e", "decoder": "d", "levels": [{ "step": 2 }] }"#

    private func read(_ text: String) throws(BottleneckError) -> ExternalUnit {
        try ExternalUnit(json: Data(text.utf8), name: "unit.json")
    }

    @Test func `steps and gains are levels`() throws {
        let unit = try read(
            """
            { "tensor": "waist", "encoder": "e.onnx", "decoder": "d.onnx", "channelsAxis": -1,
              "levels": [{ "steps": [4, 8] }, { "name": "fine", "gains": [1, 0.5] }] }
            """
        )
        #expect(
            unit.levels == [
                .init(name: "0", steps: [4, 8]), .init(name: "fine", steps: [1, 2]),
            ]
        )
        #expect(unit.hasChannelsLast && unit.tensor == "waist")
        try unit.checkLevels(channels: 2, name: "unit.json")
        #expect(throws: BottleneckError.self) {
            try unit.checkLevels(channels: 3, name: "unit.json")
        }
        #expect(try !read(Self.whole).hasChannelsLast)
    }

    @Test(arguments: [
        ("\"tensor\": \"t\", ", "", "\"tensor\" is missing"),
        ("\"tensor\": \"t\"", "\"tensor\": 1", "tensor has the wrong type"),
        ("\"levels\"", "\"leveles\"", "unknown key \"leveles\""),
        ("\"step\": 2", "\"stepp\": 2", "unknown key \"stepp\""),
        ("\"step\": 2", "\"step\": 2, \"gains\": [1]", "exactly one of step, steps and gains"),
        ("\"step\": 2", "\"step\": 0", "level 0 has a step, 1 / gain, that is not within"),
        ("\"step\": 2", "\"gains\": [1, 0]", "level 0 has a step, 1 / gain, that is not within"),
        ("\"step\": 2", "\"steps\": []", "exactly one of step, steps and gains"),
        ("{ \"step\": 2 }", "{ \"step\": 2 }, { \"step\": 3 }", "from the coarsest"),
        ("{ \"step\": 2 }", "", "from the coarsest"),
        ("\"levels\"", "\"channelsAxis\": 2, \"levels\"", "channelsAxis"),
        ("{ \"tensor\"", "[ \"tensor\"", "unit.json"),
    ])
    func `a faulty description is refused`(_ old: String, _ new: String, _ says: String) throws {
        let text = Self.whole.replacing(old, with: new, maxReplacements: 1)
        #expect(text != Self.whole)
        let error = #expect(throws: BottleneckError.self) { try read(text) }
        #expect(try #require(error).description.contains(says), "\(String(describing: error))")
    }

    @Test func `channels that come last are moved to the front`() throws {
        var unit = try read(Self.whole)
        unit.hasChannelsLast = true
        func graph(_ shape: [Int], _ before: [Int]?, _ after: [Int]?) throws -> [UInt8] {
            var builder = NetworkBuilder(input: shape)
            var name = "x"
            for (index, order) in [before, after].enumerated() {
                if index == 1 {
                    builder.node("Relu", [name], "r")
                    name = "r"
                }
                guard let order else { continue }
                builder.node("Transpose", [name], "t\(index)", lists: ["perm": order])
                name = "t\(index)"
            }
            return try builder.network(output: name).serialized()
        }
        let encoder = try unit.encoderGraph(graph([0, 3, 4, 5], nil, [0, 2, 3, 1]))
        let decoder = try unit.decoderGraph(graph([0, 4, 5, 3], [0, 3, 1, 2], nil))
        let engine = try InferenceEngine()
        let values = (0..<120).map { Float($0) - 30 }
        for bytes in [encoder, decoder] {
            let network = try Network(bytes: bytes, name: "graph")
            #expect(try network.inputType(batch: 2).shape == [2, 3, 4, 5])
            #expect(try network.tensorTypes(batch: 2)[network.output.name]?.shape == [2, 3, 4, 5])
            let output = try engine.compile(onnx: bytes, name: "graph", shapes: .batch(2))
                .run([values])[0]
            #expect(output == values.map { max($0, 0) })
        }
    }
}
