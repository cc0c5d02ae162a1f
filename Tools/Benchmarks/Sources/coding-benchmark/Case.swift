import Coding
import Foundation

/// Symbols with their tables: what every coder gets.
struct Case {
    var name: String
    var tables: [FrequencyTable]

    /// Runs of symbols with one table each.
    var segments: [SymbolSegment]
    var symbols: [UInt8]

    /// Channels of rounded Laplacian values, scales falling from 16 to 1/8 step by channel.
    ///
    /// The tables' last symbol is an escape and does not occur, since CompressAI always has one.
    static func laplacian(_ name: String, channels: Int, channelSize: Int) -> Case {
        let family = LatentFamily.generalizedGaussian()
        var random = SplitMix(state: 1)
        var made = Case(name: name, tables: family.tables, segments: [], symbols: [])
        for channel in 0..<channels {
            let table = family.table(forScale: 64 - 112 * channel / channels)
            made.append(channelSize, table: table, &random)
        }
        return made
    }

    /// Channels of 8-bit symbols, nearly uniform to moderately peaked.
    static func wide(_ name: String, channels: Int, channelSize: Int) -> Case {
        let tables = (0..<8).map { index in
            FrequencyTable.geometric(
                alphabetSize: 256,
                center: 128,
                decay: UInt16(65_400 - 300 * index),
                precision: 14
            )
        }
        var random = SplitMix(state: 2)
        var made = Case(name: name, tables: tables, segments: [], symbols: [])
        for channel in 0..<channels { made.append(channelSize, table: channel % 8, &random) }
        return made
    }

    private mutating func append(_ count: Int, table: Int, _ random: inout SplitMix) {
        segments.append(SymbolSegment(count: count, table: table))
        let frequencies = tables[table].frequencies
        let pool = frequencies.dropLast().enumerated().flatMap { symbol, frequency in
            [UInt8](repeating: UInt8(symbol), count: Int(frequency))
        }
        for _ in 0..<count { symbols.append(pool[Int.random(in: 0..<pool.count, using: &random)]) }
    }

    /// The case as bytes, little-endian 32-bit numbers except for the symbols: number of tables and
    /// their precision; of each table, size and frequencies; number of segments; count and table of
    /// each; the symbols.
    var exported: Data {
        var numbers: [UInt32] = [UInt32(tables.count), UInt32(tables[0].precision)]
        for table in tables {
            numbers.append(UInt32(table.alphabetSize))
            numbers += table.frequencies.map { UInt32($0) }
        }
        numbers.append(UInt32(segments.count))
        for segment in segments { numbers += [UInt32(segment.count), UInt32(segment.table)] }
        return numbers.map(\.littleEndian).withUnsafeBytes { Data($0) } + Data(symbols)
    }
}
