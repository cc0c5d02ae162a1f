/// How a quantised value becomes symbols of a table that covers magnitudes up to a limit.
///
/// Zig-zag: 0, 1, −1, 2, −2, … are symbols 0, 1, 2, 3, 4, …; the last symbol of the alphabet is the
/// escape, after which the excess over the limit follows as an exponential Golomb code (Teuhola, A
/// compression method for clustered bit-vectors, 1978) and the sign, bit by bit.
/// BITSTREAM.md, "Latent", states the format.
enum LatentSymbol {
    /// Largest magnitude of a quantised value.
    static let magnitudeLimit = 32_767

    /// What a table's alphabet may be: the magnitudes up to 1...127 and the escape.
    static let alphabetSizes = [Int](stride(from: 4, through: 256, by: 2))

    /// Most leading zero bits of an exponential Golomb code.
    static let prefixLimit = 15

    /// The largest magnitude with a symbol of its own.
    static func limit(alphabetSize: Int) -> Int { alphabetSize / 2 - 1 }

    /// The symbol of a value whose magnitude is within the limit.
    @inline(__always)
    static func zigzag(_ value: Int) -> Int { value > 0 ? 2 * value - 1 : -2 * value }

    /// The value of a symbol below the escape.
    @inline(__always)
    static func value(of symbol: Int) -> Int {
        symbol & 1 == 1 ? (symbol + 1) >> 1 : -(symbol >> 1)
    }

    /// The order of the exponential Golomb code behind a table's escape: the farther the table
    /// reaches, the wider its tail.
    @inline(__always)
    static func escapeOrder(limit: Int) -> Int {
        max(0, Int.bitWidth - limit.leadingZeroBitCount - 2)
    }

    /// How many bits follow an escape, the sign among them.
    static func escapeBitCount(magnitude: Int, limit: Int) -> Int {
        let order = escapeOrder(limit: limit)
        let number = magnitude - limit - 1 + 1 << order
        let width = Int.bitWidth - number.leadingZeroBitCount
        return 2 * width - order
    }
}
