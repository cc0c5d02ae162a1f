/// Base-2 logarithms in integer arithmetic, the same on every platform.
enum FixedPointLogarithm {
    /// Fractional bits of a result.
    static let fractionBits = 16

    /// The logarithm of `value` ≥ 1, in units of 2^-16, rounded down.
    ///
    /// Digit by digit: squaring the mantissa doubles its logarithm, and the carry beyond 2 is the
    /// next binary digit (Knuth, The Art of Computer Programming 1, section 1.2.2, exercise 25).
    static func log2(_ value: UInt32) -> UInt32 {
        precondition(value > 0, "the logarithm of zero is not finite")
        let exponent = 31 - value.leadingZeroBitCount
        var mantissa = UInt64(value) << UInt64(31 - exponent)
        var fraction: UInt32 = 0
        for _ in 0..<fractionBits {
            mantissa = (mantissa * mantissa) >> 31
            fraction <<= 1
            if mantissa >= 1 << 32 {
                mantissa >>= 1
                fraction |= 1
            }
        }
        return UInt32(exponent) << UInt32(fractionBits) | fraction
    }
}
