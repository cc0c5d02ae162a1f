/// A natural logarithm made of additions, multiplications and divisions only, so that it gives
/// the same bits on every processor, which the C library's does not promise.
public enum NaturalLogarithm {
    /// ln(x) within 1 unit in the last place; `x` is finite, normal and positive.
    ///
    /// x = 2^k (1 + f) with sqrt(1/2) < 1 + f < sqrt(2), s = f / (2 + f), and
    /// ln(1 + f) = 2s + 2/3 s^3 + 2/5 s^5 + ... by a minimax polynomial of degree 14 in s.
    /// Method and coefficients: fdlibm 5.3, `e_log.c` (Sun Microsystems, 1993).
    @inlinable public static func of(_ x: Double) -> Double {
        precondition(x.isNormal && x > 0, "the logarithm needs a positive normal number")
        // By the bits, which is faster than to ask for them.
        var exponent = Int(x.bitPattern >> 52) - 1023
        var significand = Double(bitPattern: x.bitPattern & 0xF_FFFF_FFFF_FFFF | 0x3FF << 52)
        if significand > 1.4142135623730951 {
            significand *= 0.5
            exponent += 1
        }
        let f = significand - 1
        let s = f / (2 + f)
        let z = s * s
        let w = z * z
        let even =
            w * (0.3999999999940941908 + w * (0.2222219843214978396 + w * 0.1531383769920937332))
        let odd =
            z
            * (0.6666666666666735130
                + w
                * (0.2857142874366239149
                    + w * (0.1818357216161805012 + w * 0.1479819860511658591)))
        let series = even + odd
        let halfSquare = 0.5 * f * f
        let k = Double(exponent)
        // ln 2 in two parts: the first has trailing zeros, so that k times it is exact.
        let high = k * 6.93147180369123816490e-01
        let low = k * 1.90821492927058770002e-10
        return high - ((halfSquare - (s * (halfSquare + series) + low)) - f)
    }
}
