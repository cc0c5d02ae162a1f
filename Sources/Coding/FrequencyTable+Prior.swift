extension FrequencyTable {
    /// The parametric prior: a two-sided geometric distribution, the integer form of a Laplacian.
    ///
    /// The weight of a symbol at distance d from `center` is ((`decay` / 65536)^d), by repeated
    /// integer multiplication from 2^40, so that every platform builds the same table. Every symbol
    /// of the alphabet gets a frequency of at least one.
    ///
    /// - Parameters:
    ///   - alphabetSize: 1...256.
    ///   - center: The most probable symbol, 0..<`alphabetSize`.
    ///   - decay: The ratio of neighbouring probabilities, in units of 2^-16.
    ///   - precision: One of `precisions`.
    /// - Returns: The table.
    package static func geometric(
        alphabetSize: Int,
        center: Int,
        decay: UInt16,
        precision: Int
    ) -> FrequencyTable {
        precondition(alphabetSizes.contains(alphabetSize), "alphabet has 1...256 symbols")
        precondition((0..<alphabetSize).contains(center), "the center is a symbol")
        var weights: [UInt64] = [1 << 40]
        for distance in 1..<max(alphabetSize, 2) {
            weights.append((weights[distance - 1] * UInt64(decay)) >> 16)
        }
        let counts = (0..<alphabetSize).map { weights[abs($0 - center)] }
        return FrequencyTable(counts: counts, precision: precision)
    }
}
