/// A static model of one kind of symbol: integer frequencies that add up to 2^`precision`.
///
/// Symbols are 0..<`alphabetSize`. A symbol with frequency zero cannot be coded.
package struct FrequencyTable: Hashable, Sendable {
    /// What `precision` may be: the alphabet has to fit, and the coder's state leaves 16 bits.
    package static let precisions = 8...14

    /// How many symbols an alphabet may have.
    package static let alphabetSizes = 1...256

    /// The frequency of each symbol, in units of 2^-`precision`.
    package let frequencies: [UInt16]

    /// Base-2 logarithm of the sum of the frequencies.
    package let precision: Int

    package var alphabetSize: Int { frequencies.count }

    /// A table with exactly these frequencies.
    ///
    /// - Throws: `CodingError.malformedTable` unless alphabet and precision are in range and the
    ///   frequencies add up to 2^`precision`.
    package init(frequencies: [UInt16], precision: Int) throws(CodingError) {
        guard Self.precisions.contains(precision) else {
            throw .malformedTable("precision \(precision) is outside \(Self.precisions)")
        }
        guard Self.alphabetSizes.contains(frequencies.count) else {
            throw .malformedTable(
                "\(frequencies.count) symbols are outside \(Self.alphabetSizes)"
            )
        }
        let sum = frequencies.reduce(0) { $0 + Int($1) }
        guard sum == 1 << precision else {
            throw .malformedTable("frequencies add up to \(sum) instead of \(1 << precision)")
        }
        self.init(validated: frequencies, precision: precision)
    }

    init(validated frequencies: [UInt16], precision: Int) {
        self.frequencies = frequencies
        self.precision = precision
    }

    /// Whether every symbol of the alphabet can be coded.
    package var coversAlphabet: Bool { !frequencies.contains(0) }

    /// The ideal cost of `symbol` in units of 2^-16 bit, or nil if it cannot be coded.
    package func cost(of symbol: UInt8) -> UInt32? {
        guard Int(symbol) < alphabetSize, frequencies[Int(symbol)] > 0 else { return nil }
        let whole = UInt32(precision) << UInt32(FixedPointLogarithm.fractionBits)
        return whole - FixedPointLogarithm.log2(UInt32(frequencies[Int(symbol)]))
    }
}
