import Foundation
import TestSupport
import Testing

@testable import Coding

@Suite struct FrequencyTableTests {
    static let histograms: [[UInt64]] = [
        [1], [0], [0, 0, 0], [1, 0, 0, 0], [1_000_000, 1], [1 << 62, 1, 0, 5],
        (0..<256).map { UInt64($0) }, (0..<256).map { $0 == 7 ? 1_000_000 : 0 },
        (0..<256).map { _ in 1 }, (0..<256).map { $0 < 255 ? 1 : 1 << 40 },
        (0..<100).map { UInt64($0 * $0 * $0) },
    ]

    @Test(arguments: histograms, [8, 11, 14])
    func countsBecomeFrequenciesThatAddUp(counts: [UInt64], precision: Int) {
        let table = FrequencyTable(counts: counts, precision: precision)
        #expect(table.frequencies.reduce(0) { $0 + Int($1) } == 1 << precision)
        #expect(table.coversAlphabet)
        for (left, right) in zip(counts.indices, counts.indices.dropFirst())
        where counts[left] > counts[right] {
            #expect(table.frequencies[left] >= table.frequencies[right])
        }
    }

    @Test func symbolsThatNeverOccurGetNoFrequencyOnRequest() {
        let table = FrequencyTable(counts: [3, 0, 1], precision: 8, isComplete: false)
        #expect(table.frequencies == [192, 0, 64])
        #expect(table.cost(of: 1) == nil)
        #expect(table.cost(of: 3) == nil)
        #expect(table.cost(of: 2) == 2 << 16)
    }

    @Test func noExchangeOfAUnitLowersTheCodeLengthNoticeably() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<20 {
            let counts = (0..<40).map { _ in
                UInt64.random(in: 0...1000, using: &random)
                    / UInt64.random(in: 1...9, using: &random)
            }
            let table = FrequencyTable(counts: counts, precision: 10)
            let total = Double(counts.reduce(0, +))
            func length(_ frequencies: [UInt16]) -> Double {
                zip(counts, frequencies).reduce(0) {
                    $0 + Double($1.0) * -log2(Double($1.1) / 1024)
                }
            }
            let ours = length(table.frequencies)
            for from in 0..<40 where table.frequencies[from] > 1 {
                for to in 0..<40 where to != from {
                    var other = table.frequencies
                    other[from] -= 1
                    other[to] += 1
                    // Webster's method approximates log(1 + 1/f) by 1/(f + 1/2).
                    #expect(length(other) > ours - 1e-4 * total)
                }
            }
        }
    }

    @Test(arguments: histograms, [8, 14])
    func serialisedFormIsReadBack(counts: [UInt64], precision: Int) throws {
        for isComplete in [true, false] {
            let table = FrequencyTable(
                counts: counts,
                precision: precision,
                isComplete: isComplete
            )
            var writer = ByteWriter()
            table.write(to: &writer)
            var reader = ByteReader(bytes: writer.bytes, end: writer.bytes.count)
            #expect(try FrequencyTable(from: &reader) == table)
            #expect(reader.isAtEnd)
        }
    }

    @Test func alteredSerialisedFormNeverBecomesAnInvalidTable() throws {
        let table = FrequencyTable.geometric(
            alphabetSize: 64,
            center: 20,
            decay: 50_000,
            precision: 12
        )
        var writer = ByteWriter()
        table.write(to: &writer)
        #expect(writer.bytes.count < 64)
        for length in 0..<writer.bytes.count {
            var reader = ByteReader(bytes: writer.bytes, end: length)
            #expect(throws: CodingError.self) { try FrequencyTable(from: &reader) }
        }
        for bit in 0..<8 * writer.bytes.count {
            var altered = writer.bytes
            altered[bit / 8] ^= 1 << UInt8(bit % 8)
            var reader = ByteReader(bytes: altered, end: altered.count)
            guard let read = try? FrequencyTable(from: &reader) else { continue }
            #expect(read.frequencies.reduce(0) { $0 + Int($1) } == 1 << read.precision)
        }
    }

    @Test func frequenciesThatDoNotAddUpAreRefused() {
        #expect(throws: CodingError.self) {
            try FrequencyTable(frequencies: [100, 155], precision: 8)
        }
        #expect(throws: CodingError.self) { try FrequencyTable(frequencies: [], precision: 8) }
        #expect(throws: CodingError.self) { try FrequencyTable(frequencies: [128], precision: 7) }
    }

    @Test func geometricPriorFallsOnBothSidesOfItsCenter() {
        let table = FrequencyTable.geometric(
            alphabetSize: 256,
            center: 100,
            decay: 60_000,
            precision: 14
        )
        #expect(table.coversAlphabet)
        let ratio = Double(table.frequencies[104]) / Double(table.frequencies[103])
        #expect(abs(ratio - 60_000 / 65_536) < 0.01)
        for symbol in 0..<255 {
            let (here, next) = (table.frequencies[symbol], table.frequencies[symbol + 1])
            #expect(symbol < 100 ? here <= next : here >= next)
        }
    }

    @Test func integerLogarithmIsTheLogarithmRoundedDown() {
        for value in (1...5000).map({ UInt32($0) }) + [.max, 1 << 31, (1 << 31) - 1] {
            let error = log2(Double(value)) * 65_536 - Double(FixedPointLogarithm.log2(value))
            #expect(error > -0.01 && error < 1.01, "\(value)")
        }
    }
}
