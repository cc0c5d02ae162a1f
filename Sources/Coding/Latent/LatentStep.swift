/// Quantiser steps on a logarithmic scale with units of 1/16 octave.
enum LatentStep {
    /// 16 · log2 of a positive normal number, rounded to the nearest integer.
    static func index(of step: Float) -> Int {
        let significand = step.significandBitPattern | 1 << 23
        let unit = FixedPointLogarithm.fractionBits
        let logarithm = Int(FixedPointLogarithm.log2(significand)) - 23 << unit
        let total = logarithm + Int(step.exponent) << unit
        return (16 * total + 1 << (unit - 1)) >> unit
    }
}
