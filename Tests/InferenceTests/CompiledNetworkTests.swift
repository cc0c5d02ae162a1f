import Testing

@testable import Inference

@Suite struct CompiledNetworkTests {
    private let engine: InferenceEngine

    init() throws {
        engine = try InferenceEngine()
    }

    @Test func namesAndShapesAreThoseOfTheGraph() throws {
        let network = try engine.compile(
            onnx: Fixture.convolutional.bytes(),
            name: "net",
            shapes: .batch(4)
        )
        #expect(network.inputs == [TensorDescription(name: "image", shape: [4, 1, 28, 28])])
        #expect(network.outputs == [TensorDescription(name: "logits", shape: [4, 10])])
    }

    @Test func valuesAreThoseOfTheArithmetic() throws {
        let network = try engine.compile(
            onnx: Fixture.affine.bytes(),
            name: "affine",
            shapes: .named(["a": [2, 3]])
        )
        let outputs = try network.run([[1, 2, 3, 4, 5, 6], [0.5, -0.5, 10]])
        #expect(network.inputs.map(\.name) == ["a", "b"])
        #expect(network.outputs.map(\.name) == ["sum", "negated"])
        #expect(outputs == [[2.5, 3.5, 16, 8.5, 9.5, 22], [-1, -2, -3, -4, -5, -6]])
    }

    @Test func lentTensorsGiveWhatCopiesGive() throws {
        let network = try engine.compile(
            onnx: Fixture.affine.bytes(),
            name: "affine",
            shapes: .batch(1)
        )
        for step in 0..<3 {
            let values = [wave(count: 3, seed: UInt64(step)), wave(count: 3, seed: 9)]
            let expected = try network.run(values)
            for (index, values) in values.enumerated() {
                network.withInput(index) { $0.update(repeating: 0) }
                network.withInput(index) { _ = $0.update(fromContentsOf: values) }
            }
            try network.infer()
            #expect(
                network.outputs.indices.map { network.withOutput($0) { Array($0) } } == expected
            )
        }
    }

    @Test func sameInputGivesTheSameBits() throws {
        let onnx = try Fixture.convolutional.bytes()
        let image = wave(count: 784, seed: 1)
        let first = try engine.compile(onnx: onnx, name: "net", shapes: .batch(1))
        let second = try engine.compile(onnx: onnx, name: "net", shapes: .batch(1))
        let expected = try first.run([image])
        #expect(expected[0].contains { $0 != 0 })
        _ = try first.run([wave(count: 784, seed: 2)])
        #expect(try first.run([image]) == expected)
        #expect(try second.run([image]) == expected)
    }

    @Test func samplesOfABatchDoNotMix() throws {
        let onnx = try Fixture.convolutional.bytes()
        let images = (0..<8).map { wave(count: 784, seed: $0) }
        let single = try engine.compile(onnx: onnx, name: "net", shapes: .batch(1))
        let batched = try engine.compile(onnx: onnx, name: "net", shapes: .batch(8))
        let logits = try batched.run([images.flatMap { $0 }])[0]
        for (index, image) in images.enumerated() {
            let expected = try single.run([image])[0]
            let largest = expected.map(abs).max() ?? 0
            for (value, other) in zip(expected, logits[(10 * index)...]) {
                // Kernels for another batch size may sum in another order.
                #expect(abs(value - other) <= 1e-5 * largest)
            }
        }
    }

    @Test func wrongNumbersOfValuesAreRefused() throws {
        let network = try engine.compile(
            onnx: Fixture.affine.bytes(),
            name: "affine.onnx",
            shapes: .batch(1)
        )
        let missing = #expect(throws: InferenceError.self) { try network.run([[1, 2, 3]]) }
        #expect(missing?.operation == .infer)
        #expect(missing?.subject == "affine.onnx")
        let short = #expect(throws: InferenceError.self) { try network.run([[1, 2, 3], [1]]) }
        #expect(short?.reason.contains("input b has the shape [1, 3]") == true)
    }

    @Test func networksOutliveTheEngine() throws {
        let onnx = try Fixture.affine.bytes()
        let network = try InferenceEngine().compile(onnx: onnx, name: "net", shapes: .batch(1))
        #expect(try network.run([[1, 1, 1], [0, 0, 0]])[0] == [2, 2, 2])
    }
}
