import Foundation
import Graph
import GraphTestSupport
import Inference
import TestSupport

/// Runs a network uncut and cut, on the same random input.
struct SplitComparison {
    private let engine: InferenceEngine
    private let network: Network
    private let input: [Float]
    private let uncut: [Float]

    /// How far the output of head and tail lies from that of the uncut network.
    struct Difference {
        /// The largest difference over the largest magnitude of the uncut output.
        let relative: Float
    }

    init(_ network: Network, engine: InferenceEngine) throws {
        Self.keepFreedMemory
        self.engine = engine
        self.network = network
        var generator = SeededGenerator(seed: 2)
        input = generator.normals(try network.inputType(batch: 1).elements)
        uncut = try Self.run(network, input, engine)
    }

    /// Half a gigabyte of weights is allocated and freed a few times for every cut of VGG-19; giving the
    /// pages back to the system and getting them again took longer than all the computing.
    private static let keepFreedMemory: Void = {
        // The C library's module leaves malloc.h out.
        guard let symbol = dlsym(nil, "mallopt") else { return }
        let mallopt = unsafeBitCast(symbol, to: (@convention(c) (CInt, CInt) -> CInt).self)
        let (mostMappings, trimThreshold): (CInt, CInt) = (-4, -1)
        _ = mallopt(mostMappings, 0)
        _ = mallopt(trimThreshold, .max)
    }()

    /// Cuts at `point`, and compares both as it should be and with two channels exchanged between
    /// head and tail.
    func differences(at point: SplitPoint) throws -> (true: Difference, exchanged: Difference) {
        let (head, tail) = try network.cut(at: point.tensor)
        let tensor = try Self.run(head, input, engine)
        let compiled = try Self.compile(tail, engine)
        return (
            difference(try compiled.run([tensor])[0]),
            difference(try compiled.run([Self.exchangeChannels(tensor, point.type.shape)])[0])
        )
    }

    /// Exchanges the channels with the lowest and the highest sum: something changes even where most
    /// channels are zero, or become so in the Relu that follows.
    private static func exchangeChannels(_ tensor: [Float], _ shape: [Int]) -> [Float] {
        let channels = shape.count > 1 ? shape[1] : 1
        let size = tensor.count / channels
        let sums = (0..<channels).map { channel in
            tensor[channel * size..<(channel + 1) * size].reduce(0, +)
        }
        let order = sums.indices.sorted { sums[$0] < sums[$1] }
        var result = tensor
        for index in 0..<size {
            result.swapAt(order[0] * size + index, order[channels - 1] * size + index)
        }
        return result
    }

    private func difference(_ output: [Float]) -> Difference {
        let largest = uncut.reduce(0) { max($0, abs($1)) }
        let furthest = zip(output, uncut).reduce(0) { max($0, abs($1.0 - $1.1)) }
        // Not a number is never within a bound.
        let isComparable = output.count == uncut.count && largest.isFinite && largest > 0
        let isFinite = output.allSatisfy(\.isFinite)
        return Difference(
            relative: isComparable && isFinite ? furthest / largest : .infinity
        )
    }

    private static func run(
        _ network: Network,
        _ input: [Float],
        _ engine: InferenceEngine
    ) throws -> [Float] {
        try compile(network, engine).run([input])[0]
    }

    private static func compile(
        _ network: Network,
        _ engine: InferenceEngine
    ) throws -> CompiledNetwork {
        let shapes: InputShapes = network.hasDynamicBatch ? .batch(1) : .asStored
        return try engine.compile(
            onnx: network.serialized(),
            name: network.model.graph.name,
            shapes: shapes
        )
    }
}
