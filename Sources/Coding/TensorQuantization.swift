/// How a tensor becomes symbols, and which table codes each channel.
package struct TensorQuantization: Sendable {
    /// How many channels a description may have.
    package static let channelLimit = 1 << 16

    /// How many tables a description may have; bounds what they can take to 84 MiB.
    package static let tableLimit = 1 << 12

    package let quantizer: UniformQuantizer

    /// The prepared tables; each covers exactly the quantiser's alphabet.
    package let tables: CodingTables

    /// The table of each channel.
    ///
    /// Channels are equal, contiguous parts of the tensor.
    package let tableOfChannel: [Int]

    package var channelCount: Int { tableOfChannel.count }

    /// - Throws: `CodingError.malformedDescription` unless the quantiser has one scale or one a
    ///   channel, every table codes each of its symbols, and every channel has a table.
    package init(
        quantizer: UniformQuantizer,
        tables: [FrequencyTable],
        tableOfChannel: [Int]
    ) throws(CodingError) {
        let channels = tableOfChannel.count
        guard (1...Self.channelLimit).contains(channels),
            tables.count <= min(channels, Self.tableLimit)
        else {
            throw .malformedDescription("\(tables.count) tables for \(channels) channels")
        }
        guard quantizer.scales.count == 1 || quantizer.scales.count == channels else {
            throw .malformedDescription("\(quantizer.scales.count) scales, \(channels) channels")
        }
        let alphabetSize = Int(quantizer.maximumSymbol) + 1
        guard tables.allSatisfy({ $0.alphabetSize == alphabetSize && $0.coversAlphabet }) else {
            throw .malformedDescription("a table does not code each of \(alphabetSize) symbols")
        }
        guard tableOfChannel.allSatisfy(tables.indices.contains) else {
            throw .malformedDescription("a channel refers to a table that is not there")
        }
        self.quantizer = quantizer
        self.tables = CodingTables(tables)
        self.tableOfChannel = tableOfChannel
    }

    /// The segments of a tensor, adjacent channels with the same table joined.
    package func segments(elementCount: Int) -> [SymbolSegment] {
        let size = elementCount / channelCount
        var segments: [SymbolSegment] = []
        for table in tableOfChannel {
            if let last = segments.last, last.table == table {
                segments[segments.count - 1].count += size
            } else {
                segments.append(SymbolSegment(count: size, table: table))
            }
        }
        return segments
    }
}
