import Coding
import Foundation
import TestSupport
import Testing

@Suite struct RangeANSTests {
    /// A table for each shape of distribution a coder can stumble over.
    static let tables: [FrequencyTable] = [
        FrequencyTable(counts: [1], precision: 8),
        FrequencyTable(counts: [1 << 40, 0], precision: 14),
        FrequencyTable(counts: (0..<256).map { _ in 1 }, precision: 8),
        FrequencyTable(counts: (0..<256).map { $0 == 200 ? 1 << 40 : 0 }, precision: 12),
        FrequencyTable.geometric(alphabetSize: 256, center: 128, decay: 63_000, precision: 12),
        FrequencyTable.geometric(alphabetSize: 16, center: 3, decay: 30_000, precision: 10),
        FrequencyTable.geometric(alphabetSize: 256, center: 0, decay: 65_000, precision: 14),
    ]

    static let counts = [
        0, 1, 2, 3, 4, 5, 17, 1000, 1270, 1300, 2001, 4080, 4100, 5000, 8191, 20_003,
    ]

    @Test(arguments: tables, counts)
    func roundTripAndReference(table: FrequencyTable, count: Int) throws {
        var random = SeededGenerator(seed: UInt64(count))
        try check(
            random.symbols(count, from: table.frequencies),
            [SymbolSegment(count: count, table: 0)],
            [table]
        )
    }

    @Test(arguments: tables)
    func everySymbolTheRarest(table: FrequencyTable) throws {
        let rarest = table.frequencies.indices.min {
            table.frequencies[$0] < table.frequencies[$1]
        }
        let symbol = UInt8(try #require(rarest))
        for count in [1, 300, 731, 732, 733, 1280, 2339, 2340, 2341, 4096, 9001] {
            let symbols = [UInt8](repeating: symbol, count: count)
            try check(symbols, [SymbolSegment(count: count, table: 0)], [table])
        }
    }

    @Test func lanesSwitchAtTheThreshold() throws {
        // Uniform 8-bit symbols cost exactly a byte, so that lengths are known.
        let table = Self.tables[2]
        var lanesSeen: Set<Int> = []
        for count in Array(1262...1290) + Array(4070...4110) {
            var random = SeededGenerator(seed: UInt64(count))
            let symbols = random.symbols(count, from: table.frequencies)
            let lanes = try check(symbols, [SymbolSegment(count: count, table: 0)], [table])
            lanesSeen.insert(lanes.rawValue)
            let certain: [(range: Range<Int>, lanes: RangeANS.Lanes)] = [
                (0..<1272, .one), (1280..<4080, .two), (4096..<9999, .four),
            ]
            #expect(certain.allSatisfy { !$0.range.contains(count) || $0.lanes == lanes })
        }
        #expect(lanesSeen == [1, 2, 4])
    }

    @Test func segmentsOfEveryLengthUseTheirOwnTable() throws {
        var random = SeededGenerator(seed: 7)
        for scale in [3, 40, 2000] {
            var (symbols, segments): ([UInt8], [SymbolSegment]) = ([], [])
            for index in 0..<40 {
                let table = index % Self.tables.count
                let count = Int.random(in: 0...scale, using: &random)
                symbols += random.symbols(count, from: Self.tables[table].frequencies)
                segments.append(SymbolSegment(count: count, table: table))
            }
            try check(symbols, segments, Self.tables)
        }
    }

    @Test func tablesMayFollowFromWhatWasDecoded() throws {
        let tables = CodingTables([Self.tables[4], Self.tables[5]])
        var random = SeededGenerator(seed: 8)
        var symbols: [UInt8] = []
        var segments: [SymbolSegment] = []
        for _ in 0..<6000 {
            let table = Int(symbols.last ?? 0) % 2
            segments.append(SymbolSegment(count: 1, table: table))
            symbols += random.symbols(1, from: tables.tables[table].frequencies)
        }
        let (body, lanes) = try encode(symbols, segments, tables)
        var decoder = try RangeANSDecoder(bytes: body, range: 0..<body.count, lanes: lanes)
        var decoded: [UInt8] = []
        for _ in symbols {
            var next = [UInt8](repeating: 0, count: 1)
            try next.withUnsafeMutableBufferPointer {
                try decoder.decode(into: $0, table: Int(decoded.last ?? 0) % 2, of: tables)
            }
            decoded += next
        }
        try decoder.finish()
        #expect(decoded == symbols)
    }

    @Test func symbolWithoutFrequencyIsNamed() throws {
        let table = try FrequencyTable(frequencies: [255, 0, 1], precision: 8)
        let tables = CodingTables([table])
        for (symbols, position) in [([0, 2, 1], 2), ([0, 200, 0], 1)] as [([UInt8], Int)] {
            let expected = CodingError.symbolNotInTable(
                symbol: Int(symbols[position]),
                table: 0,
                position: position
            )
            #expect(throws: expected) {
                try encode(symbols, [SymbolSegment(count: 3, table: 0)], tables)
            }
        }
    }

    /// Encodes, decodes, decodes with the reference, and bounds the length of the body.
    @discardableResult
    private func check(
        _ symbols: [UInt8],
        _ segments: [SymbolSegment],
        _ tables: [FrequencyTable]
    ) throws -> RangeANS.Lanes {
        let prepared = CodingTables(tables)
        let (body, lanes) = try encode(symbols, segments, prepared)
        #expect(try decode(body, lanes, segments, prepared) == symbols)
        let ofSymbol = segments.flatMap { Array(repeating: tables[$0.table], count: $0.count) }
        #expect(
            ReferenceDecoder.symbols(body, lanes: lanes.rawValue, tables: ofSymbol) == symbols
        )
        let ideal = zip(symbols, ofSymbol).reduce(0.0) { bits, pair in
            let frequency = Double(pair.1.frequencies[Int(pair.0)])
            return bits + Double(pair.1.precision) - log2(frequency)
        }
        #expect(Double(body.count) <= ideal / 8 * 1.005 + 4)
        #expect(body.count >= lanes.leastBody)
        let stated = try prepared.idealCodeLength(of: symbols, segments: segments)
        #expect(abs(stated - ideal) <= Double(symbols.count) / 65_000 + 1e-6 * ideal)
        return lanes
    }

    private func encode(
        _ symbols: [UInt8],
        _ segments: [SymbolSegment],
        _ tables: CodingTables
    ) throws -> (body: [UInt8], lanes: RangeANS.Lanes) {
        var encoder = RangeANSEncoder()
        var body: [UInt8] = []
        let lanes = try symbols.withUnsafeBufferPointer { symbols in
            try encoder.encode(symbols, segments: segments, tables: tables, appendingTo: &body)
        }
        return (body, lanes)
    }

    private func decode(
        _ body: [UInt8],
        _ lanes: RangeANS.Lanes,
        _ segments: [SymbolSegment],
        _ tables: CodingTables
    ) throws -> [UInt8] {
        var decoder = try RangeANSDecoder(bytes: body, range: 0..<body.count, lanes: lanes)
        var symbols: [UInt8] = []
        for segment in segments {
            var run = [UInt8](repeating: 0, count: segment.count)
            try run.withUnsafeMutableBufferPointer {
                try decoder.decode(into: $0, table: segment.table, of: tables)
            }
            symbols += run
        }
        try decoder.finish()
        return symbols
    }
}
