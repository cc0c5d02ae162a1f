import Testing

@testable import Inference

@Suite struct InferenceEngineTests {
    private let engine: InferenceEngine

    init() throws {
        engine = try InferenceEngine()
    }

    @Test func identityHoldsWhatResultsDependOn() throws {
        #expect(engine.version.hasPrefix("OpenVINO 2026.4.1"))
        #expect(engine.instructionSet.hasPrefix("sse4.1"))
        #expect(!engine.processor.isEmpty)
        for part in [engine.version, engine.instructionSet, engine.processor] {
            #expect(engine.identity.contains(part))
        }
        #expect(try InferenceEngine().identity == engine.identity)
    }

    @Test(arguments: [0, 1, 7, 100, 1_000])
    func bytesThatAreNoNetworkAreRefused(count: Int) {
        let bytes = wave(count: count, seed: 3).map { UInt8(truncatingIfNeeded: Int($0 * 128)) }
        let error = #expect(throws: InferenceError.self) {
            try engine.compile(onnx: bytes, name: "noise.onnx")
        }
        #expect(error?.operation == .read)
        #expect(error?.description.contains("noise.onnx") == true)
    }

    @Test func everyTruncationIsRefused() throws {
        let whole = try Fixture.affine.bytes()
        // The last field, of 6 bytes, is the operator set: without it a network is still well formed.
        for count in 0..<(whole.count - 6) {
            #expect(throws: InferenceError.self, "the first \(count) bytes") {
                try engine.compile(onnx: Array(whole.prefix(count)), name: "cut", shapes: .batch(1))
            }
        }
    }

    @Test func changedBytesNeverCrash() throws {
        let whole = try Fixture.affine.bytes()
        for position in whole.indices {
            var changed = whole
            changed[position] ^= 0x15
            do throws(InferenceError) {
                let network = try engine.compile(onnx: changed, name: "changed", shapes: .batch(1))
                _ = try network.run(network.inputs.map { [Float](repeating: 1, count: $0.count) })
            } catch {
                #expect(!error.reason.isEmpty)
            }
        }
    }

    @Test(arguments: [
        InputShapes.asStored, .batch(0), .batch(-3), .named(["image": [1, -1, 28, 28]]),
    ])
    func shapesThatAreNotFixedAreRefused(shapes: InputShapes) throws {
        let onnx = try Fixture.convolutional.bytes()
        let error = #expect(throws: InferenceError.self) {
            try engine.compile(onnx: onnx, name: "net.onnx", shapes: shapes)
        }
        #expect(error?.operation == .shape)
        #expect(error?.reason.contains("image") == true)
    }

    @Test(arguments: [
        [3, 2, 28, 28], [1, 784], [1, 1, 1, 1, 1, 1, 1, 1, 1],
    ])
    func shapesThatDoNotFitTheNetworkAreRefused(shape: [Int]) throws {
        let onnx = try Fixture.convolutional.bytes()
        let error = #expect(throws: InferenceError.self) {
            try engine.compile(onnx: onnx, name: "net.onnx", shapes: .named(["image": shape]))
        }
        #expect(error?.operation == .shape)
    }

    @Test func unknownInputNamesAreRefused() throws {
        let onnx = try Fixture.convolutional.bytes()
        let error = #expect(throws: InferenceError.self) {
            try engine.compile(
                onnx: onnx,
                name: "net",
                shapes: .named(["picture": [1, 1, 28, 28]])
            )
        }
        #expect(error?.reason == "it has no input picture, only image")
    }

    @Test func outputsThatAreNotFloatAreRefused() throws {
        let onnx = try Fixture.integer.bytes()
        let error = #expect(throws: InferenceError.self) {
            try engine.compile(onnx: onnx, name: "net")
        }
        #expect(error?.operation == .compile)
        #expect(error?.reason == "tensor best is not float32")
    }
}
