/// Turns a tensor of binary32 numbers into a payload and back, as both ends agreed beforehand.
///
/// Both sides hold the same description: element count, ranges, tables. The payload carries none of
/// it, only a checksum that covers the description's `fingerprint`. BITSTREAM.md states the formats.
package struct TensorCodec: Sendable {
    /// How many elements a tensor may have; bounds what a description can make a decoder allocate.
    package static let elementLimit = 1 << 28

    /// How many elements a tensor has.
    package let elementCount: Int

    /// Quantiser and tables; nil if the numbers are sent as they are.
    package let quantization: TensorQuantization?

    /// Which table codes each run of symbols.
    let segments: [SymbolSegment]

    /// The description in its compact form; `init(description:)` reads it.
    package let encodedDescription: [UInt8]

    /// FNV-1a hash of `encodedDescription`: the same for equal descriptions, on every platform.
    package let fingerprint: UInt64

    /// A codec that sends the numbers as they are, exact to the bit.
    package static func float32(elementCount: Int) -> TensorCodec {
        TensorCodec(elementCount: elementCount, quantization: nil)
    }

    /// A codec that sends uniformly quantised symbols, entropy-coded.
    package static func quantized(
        elementCount: Int,
        _ quantization: TensorQuantization
    ) -> TensorCodec {
        TensorCodec(elementCount: elementCount, quantization: quantization)
    }

    init(elementCount: Int, quantization: TensorQuantization?) {
        precondition((0...Self.elementLimit).contains(elementCount), "too many elements")
        precondition(
            elementCount.isMultiple(of: quantization?.channelCount ?? 1),
            "channels have equal sizes"
        )
        self.elementCount = elementCount
        self.quantization = quantization
        self.segments = quantization?.segments(elementCount: elementCount) ?? []
        self.encodedDescription = Self.describe(elementCount, quantization)
        self.fingerprint = Fingerprint.of(encodedDescription)
    }
}

extension TensorCodec: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        left.encodedDescription == right.encodedDescription
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(fingerprint) }
}
