import Coding
import ImageCodecs
package import Inference

/// The cut tensor itself, quantised uniformly with 2 to 8 bits and entropy coded.
package struct QuantisedTensorMethod: RateMethod {
    private static let bits = 2...8

    package let name: String
    private let codecs: [TensorCodec]

    package var kind: CurveKind { .quantised }
    package var cost: CurveCost { CurveCost() }
    package var entry: RateEntry { .tensor }
    package var points: [String] { Self.bits.map { "\($0) bits" } }

    /// - Parameters:
    ///   - name: What tables call it.
    ///   - tensors: At least one; ranges and tables are fitted to them.
    ///   - channels: Of the tensors, which lie channel after channel.
    package init(_ name: String, tensors: [[Float]], channels: Int) {
        self.name = name
        codecs = Self.bits.map { bits in
            .compact(tensors: tensors, bits: bits, channels: channels)
        }
    }

    package func session(_ engine: InferenceEngine) throws(BottleneckError) -> any RateSession {
        Session(codecs)
    }

    private final class Session: RateSession {
        private let codecs: [TensorCodec]
        private var tensor: [Float] = []

        init(_ codecs: [TensorCodec]) { self.codecs = codecs }

        func load(_ image: PixelImage, tensor: [Float]) throws(BottleneckError) {
            self.tensor = tensor
        }

        func transmit(
            point: Int,
            to restored: UnsafeMutableBufferPointer<Float>
        ) throws(BottleneckError) -> Int {
            let payload = codecs[point].encode(tensor)
            do throws(CodingError) {
                _ = restored.update(fromContentsOf: try codecs[point].decode(payload))
            } catch {
                preconditionFailure("what was encoded can be decoded, yet: \(error)")
            }
            return payload.count
        }
    }
}
