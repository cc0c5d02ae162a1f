import Foundation
import TestSupport
import Testing

/// The networks beside these tests, which `Fixtures/make.py` wrote.
enum Fixture: String {
    /// `image` [N, 1, 28, 28] to `logits` [N, 10]: three convolutions, one of them residual.
    case convolutional
    /// `a` [N, 3] and `b` [1, 3] to `sum` = 2a + b and `negated` = -a.
    case affine
    /// A network whose output is int64.
    case integer

    func bytes() throws -> [UInt8] {
        let url = try #require(
            Bundle.module.url(forResource: "Fixtures/\(rawValue)", withExtension: "onnx")
        )
        return [UInt8](try Data(contentsOf: url))
    }
}

/// Values in [-1, 1) that are the same on every run.
func wave(count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Float.random(in: -1..<1, using: &generator) }
}
