/// Frequency tables for one shape of distribution at rising scales.
///
/// Table t is for values whose scale, in units of the quantiser's step, is
/// 2^((`origin` + t · 16 / `tablesPerOctave`) / 16). Which measure of scale that is (standard
/// deviation, mean magnitude) is up to the designer, who uses the same one for the scale
/// indices of a `LatentModel`; the built-in densities use the standard deviation.
package struct LatentFamily: Hashable, Sendable {
    /// How many tables a family may have.
    package static let tableCounts = 1...192

    /// What `tablesPerOctave` may be.
    package static let densities = [1, 2, 4, 8, 16]

    /// What `origin` may be.
    package static let origins = -512...512

    /// The tables; alphabets as `LatentSymbol` says, all symbols possible, one precision.
    package let tables: [FrequencyTable]

    /// By how much the magnitudes of a table's values shrink when they are reconstructed, in units
    /// of 2^-8 step: the distance of a bin's middle from its centre of mass.
    package let centroidShifts: [UInt8]

    /// Scale of table 0, in units of 1/16 octave above the step.
    package let origin: Int

    package let tablesPerOctave: Int

    package var precision: Int { tables[0].precision }

    /// Distance of neighbouring tables, in units of 1/16 octave.
    var stride: Int { 16 / tablesPerOctave }

    /// - Throws: `CodingError.malformedDescription` unless there are as many shifts as tables, each
    ///   at most 128, and the tables are as described above.
    package init(
        tables: [FrequencyTable],
        centroidShifts: [UInt8],
        origin: Int,
        tablesPerOctave: Int
    ) throws(CodingError) {
        guard Self.tableCounts.contains(tables.count), centroidShifts.count == tables.count else {
            throw .malformedDescription("\(tables.count) tables, \(centroidShifts.count) shifts")
        }
        guard Self.densities.contains(tablesPerOctave), Self.origins.contains(origin) else {
            throw .malformedDescription("\(tablesPerOctave) tables an octave from \(origin)")
        }
        guard centroidShifts.allSatisfy({ $0 <= 128 }) else {
            throw .malformedDescription("a centroid shift of more than half a step")
        }
        for table in tables {
            guard LatentSymbol.alphabetSizes.contains(table.alphabetSize), table.coversAlphabet,
                table.precision == tables[0].precision
            else { throw .malformedDescription("a table does not suit a family") }
        }
        self.tables = tables
        self.centroidShifts = centroidShifts
        self.origin = origin
        self.tablesPerOctave = tablesPerOctave
    }

    /// The table for a scale given in units of 1/16 octave above the step; the nearest there is.
    @inline(__always)
    package func table(forScale scale: Int) -> Int {
        let distance = scale - origin + stride >> 1
        return min(max(distance >> stride.trailingZeroBitCount, 0), tables.count - 1)
    }

    /// The largest magnitude to which `table` gives a symbol of its own.
    package func limit(of table: Int) -> Int {
        LatentSymbol.limit(alphabetSize: tables[table].alphabetSize)
    }

    /// The ideal cost of `value` in units of 2^-16 bit, escape included.
    ///
    /// - Parameters:
    ///   - value: A quantised value, −32767...32767.
    ///   - table: Index of a table.
    /// - Returns: The cost.
    package func cost(of value: Int, table: Int) -> Int {
        let limit = limit(of: table)
        let magnitude = abs(value)
        precondition(magnitude <= LatentSymbol.magnitudeLimit, "a quantised value has 16 bits")
        let escapes = magnitude > limit
        let symbol = escapes ? 2 * limit + 1 : LatentSymbol.zigzag(value)
        let bits = escapes ? LatentSymbol.escapeBitCount(magnitude: magnitude, limit: limit) : 0
        guard let cost = tables[table].cost(of: UInt8(symbol)) else {
            preconditionFailure("a family's tables code each of their symbols")
        }
        return Int(cost) + bits << FixedPointLogarithm.fractionBits
    }

    /// The mean of min(magnitude, `cap`) under each table, in units of 1/16, rounded down.
    func expectedMagnitudes(cap: Int) -> [Int32] {
        tables.map { table in
            let sum = table.frequencies.enumerated().reduce(0) { sum, entry in
                sum + min((entry.offset + 1) / 2, cap) * Int(entry.element)
            }
            return Int32((16 * sum) >> table.precision)
        }
    }
}
