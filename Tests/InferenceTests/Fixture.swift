import Foundation
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
    var state = seed
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(Int32(truncatingIfNeeded: state >> 32)) / Float(1 << 31)
    }
}
