import Foundation
import Testing

@testable import Inference

@Suite struct ThreadTests {
    private let engine: InferenceEngine

    init() throws {
        engine = try InferenceEngine()
    }

    /// No core does the arithmetic in less CPU time than this bound, and a thread that only waits for
    /// another takes far less.
    @Test func inferenceComputesOnTheCallingThread() throws {
        let batch = 4096
        let network = try engine.compile(
            onnx: Fixture.convolutional.bytes(),
            name: "net",
            shapes: .batch(batch)
        )
        // Multiplications of the three convolutions, of which Winograd's F(4, 3) saves three in four.
        let multiplications = 14 * 14 * 8 * 9 + 7 * 7 * 16 * 8 * 9 + 7 * 7 * 16 * 16 * 9
        // Two units of 16 lanes at 6 GHz.
        let bound = Double(batch * multiplications / 4) / (2 * 16 * 6e9)
        try network.infer()
        let start = threadSeconds()
        try network.infer()
        #expect(threadSeconds() - start > bound)
    }

    @Test func networksOnManyThreadsDoNotMix() async throws {
        let engine = engine
        let onnx = try Fixture.convolutional.bytes()
        let images = (0..<4).map { wave(count: 784, seed: $0) }
        let alone = try engine.compile(onnx: onnx, name: "net", shapes: .batch(1))
        let expected = try images.map { try alone.run([$0]) }
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for (image, expected) in zip(images, expected) {
                group.addTask {
                    let network = try engine.compile(onnx: onnx, name: "net", shapes: .batch(1))
                    return try (0..<200).allSatisfy { _ in try network.run([image]) == expected }
                }
            }
            for try await same in group {
                #expect(same)
            }
        }
    }

    private func threadSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
