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

    /// 2^(`index` / 16): a power of two times a constant of binary32, the product exact.
    ///
    /// `index` lies within ±1024.
    static func factor(_ index: Int) -> Float {
        let octave = index >> 4
        return Float(
            bitPattern: significands[index & 15] &+ UInt32(bitPattern: Int32(octave << 23))
        )
    }

    /// 2^(n / 16) rounded to binary32.
    private static let significands: [UInt32] = [
        0x3F80_0000, 0x3F85_AAC3, 0x3F8B_95C2, 0x3F91_C3D3, 0x3F98_37F0, 0x3F9E_F532, 0x3FA5_FED7,
        0x3FAD_583F, 0x3FB5_04F3, 0x3FBD_08A4, 0x3FC5_672A, 0x3FCE_248C, 0x3FD7_44FD, 0x3FE0_CCDF,
        0x3FEA_C0C7, 0x3FF5_257D,
    ]
}
