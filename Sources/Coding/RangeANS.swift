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

        /// Two states that start at `stateBound`, for speed.
        case two = 2

        /// Four such states.
        case four = 4

        /// The least length of a body in bytes.
        ///
        /// Each of several states adds at most four bytes to the ideal code length, which 0.5 % of this and
        /// four bytes make up for.
        package var leastBody: Int {
            switch self {
            case .one: 0
            case .two: 1280
            case .four: 4096
            }
        }
    }

    /// A state below this takes in a word.
    static let stateBound: UInt32 = 1 << 16
}
