/// Maps a tensor of channels, each contiguous, to symbols of 2...8 bits by uniform steps.
///
/// Inside a channel's range the decoded value is within half a step of the original; outside it is
/// the nearest end of the range. Infinities clip, NaN counts as zero.
package struct UniformQuantizer: Hashable, Sendable {
    /// What `bits` may be.
    package static let bitWidths = 2...8

    /// Width of a symbol.
    package let bits: Int

    /// The scale of each channel, or a single one for all of them.
    package let scales: [AffineScale]

    package var maximumSymbol: UInt8 { UInt8(1 << bits - 1) }

    package init(bits: Int, scales: [AffineScale]) {
        precondition(Self.bitWidths.contains(bits), "symbols have 2...8 bits")
        precondition(!scales.isEmpty, "there is a scale for every channel, or one for all")
        self.bits = bits
        self.scales = scales
    }

    /// The symbols of `values`, whose count is a multiple of the number of scales.
    package func quantize(_ values: [Float]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: values.count) { symbols, count in
            values.withUnsafeBufferPointer { quantize($0, into: symbols) }
            count = values.count
        }
    }

    /// The values of `symbols`, whose count is a multiple of the number of scales.
    package func dequantize(_ symbols: [UInt8]) -> [Float] {
        [Float](unsafeUninitializedCapacity: symbols.count) { values, count in
            symbols.withUnsafeBufferPointer { dequantize($0, into: values) }
            count = symbols.count
        }
    }

    func quantize(
        _ values: UnsafeBufferPointer<Float>,
        into symbols: UnsafeMutableBufferPointer<UInt8>
    ) {
        precondition(values.count.isMultiple(of: scales.count), "channels have equal sizes")
        precondition(symbols.count >= values.count, "there is room for every symbol")
        guard let source = values.baseAddress, let target = symbols.baseAddress else { return }
        let size = values.count / scales.count
        for (channel, scale) in scales.enumerated() {
            let offset = channel * size
            scale.quantize(
                source + offset,
                count: size,
                maximum: maximumSymbol,
                into: target + offset
            )
        }
    }

    func dequantize(
        _ symbols: UnsafeBufferPointer<UInt8>,
        into values: UnsafeMutableBufferPointer<Float>
    ) {
        precondition(symbols.count.isMultiple(of: scales.count), "channels have equal sizes")
        precondition(values.count >= symbols.count, "there is room for every value")
        guard let source = symbols.baseAddress, let target = values.baseAddress else { return }
        let size = symbols.count / scales.count
        for (channel, scale) in scales.enumerated() {
            scale.dequantize(source + channel * size, count: size, into: target + channel * size)
        }
    }
}
