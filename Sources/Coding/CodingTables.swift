/// Frequency tables prepared for the coder: reciprocals to encode, a slot directory to decode.
///
/// Takes 5 KiB + 2^precision bytes a table. Immutable; share one value between coders.
package struct CodingTables: Sendable {
    /// What the encoder needs to know of a symbol; all zero for one that cannot be coded.
    struct EncodingEntry {
        /// ⌈2^(32 + precision) / frequency⌉.
        var reciprocal: UInt64 = 0

        /// 2^precision − frequency.
        var complement: UInt32 = 0
        var frequency: UInt16 = 0

        /// Sum of the frequencies of smaller symbols.
        var cumulative: UInt16 = 0
    }

    /// The tables, in the order of their indices.
    package let tables: [FrequencyTable]

    /// 256 entries a table.
    let encoding: [EncodingEntry]

    /// 256 entries a table: the frequency in the low half, the cumulative one in the high half.
    let decoding: [UInt32]

    /// The symbol that owns each slot, 2^precision bytes a table.
    let slots: [UInt8]

    /// Where a table begins in `slots`.
    let slotOffsets: [Int]

    package init(_ tables: [FrequencyTable]) {
        var encoding = [EncodingEntry](repeating: EncodingEntry(), count: 256 * tables.count)
        var decoding = [UInt32](repeating: 0, count: 256 * tables.count)
        var slots: [UInt8] = []
        var slotOffsets: [Int] = []
        for (index, table) in tables.enumerated() {
            slotOffsets.append(slots.count)
            var cumulative: UInt32 = 0
            for (symbol, frequency) in table.frequencies.enumerated() where frequency > 0 {
                let entry = 256 * index + symbol
                let width = UInt32(frequency)
                encoding[entry] = EncodingEntry(
                    reciprocal: Self.reciprocal(of: frequency, precision: table.precision),
                    complement: 1 << UInt32(table.precision) - width,
                    frequency: frequency,
                    cumulative: UInt16(cumulative)
                )
                decoding[entry] = cumulative << 16 | width
                slots.append(contentsOf: repeatElement(UInt8(symbol), count: Int(width)))
                cumulative += width
            }
        }
        self.tables = tables
        self.encoding = encoding
        self.decoding = decoding
        self.slots = slots
        self.slotOffsets = slotOffsets
    }

    /// The factor r with ⌊x / f⌋ = ⌊x · r / 2^(32 + p)⌋ for every x < f · 2^(32 - p).
    ///
    /// r = (2^(32 + p) + e) / f with e < f, so that x · r / 2^(32 + p) exceeds x / f by
    /// x · e / (f · 2^(32 + p)) < 1 / f, and x · r stays below 2^64.
    private static func reciprocal(of frequency: UInt16, precision: Int) -> UInt64 {
        let scale = UInt64(1) << UInt64(32 + precision)
        return (scale + UInt64(frequency) - 1) / UInt64(frequency)
    }

    /// The ideal code length of `symbols`, in bits.
    ///
    /// - Throws: `CodingError.symbolNotInTable`.
    package func idealCodeLength(
        of symbols: [UInt8],
        segments: [SymbolSegment]
    ) throws(CodingError) -> Double {
        var total: UInt64 = 0
        var position = 0
        for segment in segments {
            let costs = (0...UInt8.max).map { tables[segment.table].cost(of: $0) }
            for symbol in symbols[position..<position + segment.count] {
                guard let cost = costs[Int(symbol)] else {
                    throw .symbolNotInTable(
                        symbol: Int(symbol),
                        table: segment.table,
                        position: position
                    )
                }
                total += UInt64(cost)
            }
            position += segment.count
        }
        return Double(total) / Double(1 << FixedPointLogarithm.fractionBits)
    }
}
