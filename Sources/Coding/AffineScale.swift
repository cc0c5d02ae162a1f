/// The line between real values and symbols: value = (symbol − `zeroPoint`) · `step`.
package struct AffineScale: Hashable, Sendable {
    /// Largest magnitude of a zero point.
    ///
    /// Ranges give steps of at least 2^-16 of their largest value,
    /// which binary32 resolves to 2^-8 of a step.
    package static let zeroPointLimit = 1 << 17

    /// Bounds are clipped to this magnitude, so that no decoded value overflows.
    package static let valueLimit: Float = 0x1p100

    /// The smallest step; its inverse is finite.
    package static let leastStep: Float = 0x1p-118

    /// Distance of neighbouring decoded values.
    package let step: Float

    /// The symbol that decodes to zero; outside of the alphabet if zero is out of range.
    package let zeroPoint: Int

    /// The scale on which symbol 0 is nearest to `lower` and symbol 2^`bits` − 1 to `upper`.
    ///
    /// Where the range is too narrow for its distance from zero, the step is wider.
    ///
    /// - Parameters:
    ///   - lower: The smallest value to be represented; finite.
    ///   - upper: The largest; at least `lower`, finite.
    ///   - bits: Width of a symbol, one of `UniformQuantizer.bitWidths`.
    package init(from lower: Float, through upper: Float, bits: Int) {
        precondition(lower <= upper && lower.isFinite && upper.isFinite, "a range is finite")
        let low = max(min(lower, Self.valueLimit), -Self.valueLimit)
        let high = max(min(upper, Self.valueLimit), -Self.valueLimit)
        let even = (high - low) / Float(1 << bits - 1)
        let step = max(even, max(abs(low), abs(high)) * 0x1p-16, Self.leastStep)
        // Adding and taking away 1.5 · 2^23 rounds to the nearest integer without the C library.
        let nearest = (low / step + 0x1.8p23) - 0x1.8p23
        self.init(validated: step, zeroPoint: -Int(nearest))
    }

    /// A scale with exactly these numbers, or nil if it could overflow or lose precision.
    package init?(step: Float, zeroPoint: Int) {
        guard (Self.leastStep...Self.valueLimit).contains(step) else { return nil }
        let limit = Self.zeroPointLimit
        guard (-limit...limit).contains(zeroPoint) else { return nil }
        guard step * Float(abs(zeroPoint) + 256) <= 0x1p120 else { return nil }
        self.init(validated: step, zeroPoint: zeroPoint)
    }

    private init(validated step: Float, zeroPoint: Int) {
        self.step = step
        self.zeroPoint = zeroPoint
    }

    /// Symbols of `count` values: nearest step, ties to even; clipped to 0...`maximum`; NaN counts
    /// as zero.
    func quantize(
        _ values: UnsafePointer<Float>,
        count: Int,
        maximum: UInt8,
        into symbols: UnsafeMutablePointer<UInt8>
    ) {
        let inverse = 1 / step
        let origin = Float(zeroPoint)
        let top = Float(maximum)
        for index in 0..<count {
            let value = values[index]
            let number = value == value ? value : 0
            let level = number * inverse + origin
            let floored = level > 0 ? level : 0
            let clipped = floored < top ? floored : top
            // Adding 2^23 leaves the rounded integer in the low bits of the significand.
            symbols[index] = UInt8(truncatingIfNeeded: (clipped + 0x1p23).bitPattern)
        }
    }

    /// Values of `count` symbols.
    func dequantize(
        _ symbols: UnsafePointer<UInt8>,
        count: Int,
        into values: UnsafeMutablePointer<Float>
    ) {
        let zero = Int32(zeroPoint)
        for index in 0..<count {
            values[index] = Float(Int32(symbols[index]) &- zero) * step
        }
    }
}
