/// The range variant of asymmetric numeral systems, with static tables.
///
/// After Duda, "Asymmetric numeral systems", arXiv:1311.2540; 32-bit states and 16-bit words as in
/// Giesen, "Interleaved entropy coders", arXiv:1402.3392.
///
/// BITSTREAM.md, "Entropy-coded body", states the format.
package enum RangeANS {
    /// How many states share the words of a body.
    package enum Lanes: Int, Sendable {
        /// One state that starts at zero: at most one byte above the ideal code length, plus rounding.
        case one = 1

        /// Four states that start at `stateBound`, for speed.
        case four = 4
    }

    /// A state below this takes in a word.
    static let stateBound: UInt32 = 1 << 16

    /// Bodies of this many bytes or more have four lanes, shorter ones have one.
    package static let interleavingThreshold = 4096
}
