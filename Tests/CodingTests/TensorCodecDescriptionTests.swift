import Coding
import TestSupport
import Testing

@Suite struct TensorCodecDescriptionTests {
    static let codecs: [TensorCodec] = [
        .float32(elementCount: 0), .float32(elementCount: 1 << 28),
        TensorCodecTests.codec(elements: 60, channels: 1, bits: 2),
        TensorCodecTests.codec(elements: 60, channels: 3, bits: 4),
        TensorCodecTests.codec(elements: 0, channels: 2, bits: 8),
    ]

    @Test(arguments: codecs)
    func descriptionIsReadBack(codec: TensorCodec) throws {
        let read = try TensorCodec(description: codec.encodedDescription)
        #expect(read == codec)
        #expect(read.fingerprint == codec.fingerprint)
        #expect(read.quantization?.quantizer == codec.quantization?.quantizer)
        #expect(read.elementCount == codec.elementCount)
    }

    @Test func fingerprintsDiffer() {
        #expect(Set(Self.codecs.map(\.fingerprint)).count == Self.codecs.count)
    }

    @Test func tablesMayBeSharedAmongChannels() throws {
        let tables = [30_000, 60_000].map {
            FrequencyTable.geometric(alphabetSize: 16, center: 8, decay: $0, precision: 10)
        }
        let scale = AffineScale(from: -1, through: 1, bits: 4)
        let quantization = try TensorQuantization(
            quantizer: UniformQuantizer(bits: 4, scales: [scale]),
            tables: tables,
            tableOfChannel: [0, 0, 1, 0]
        )
        let codec = TensorCodec.quantized(elementCount: 8, quantization)
        #expect(
            quantization.segments(elementCount: 8) == [
                SymbolSegment(count: 4, table: 0), SymbolSegment(count: 2, table: 1),
                SymbolSegment(count: 2, table: 0),
            ]
        )
        let read = try TensorCodec(description: codec.encodedDescription)
        let values: [Float] = [-1, 1, 0, 0.3, -0.2, 0.9, 1, -1]
        #expect(try read.decode(codec.encode(values)) == codec.decode(codec.encode(values)))
    }

    @Test func quantisationThatDoesNotFitIsRefused() {
        let table = FrequencyTable(counts: [1, 1, 1, 1], precision: 8)
        let holed = FrequencyTable(counts: [1, 1, 0, 1], precision: 8, isComplete: false)
        let scale = AffineScale(from: 0, through: 1, bits: 2)
        let two = UniformQuantizer(bits: 2, scales: [scale, scale])
        let three = UniformQuantizer(bits: 3, scales: [scale])
        for (quantizer, tables, channels) in [
            (two, [table], [0, 0, 0]), (two, [holed], [0, 0]), (two, [table], [0, 1]),
            (two, [], [0, 0]), (two, [table, table, table], [0, 1]), (three, [table], [0]),
            (two, [table], []), (two, [table], [0, -1]),
        ] {
            #expect(throws: CodingError.self) {
                try TensorQuantization(
                    quantizer: quantizer,
                    tables: tables,
                    tableOfChannel: channels
                )
            }
        }
    }

    @Test(arguments: codecs)
    func alteredOrCutDescriptionIsRefused(codec: TensorCodec) {
        let bytes = codec.encodedDescription
        for bit in 0..<8 * bytes.count {
            var altered = bytes
            altered[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: CodingError.self) { try TensorCodec(description: altered) }
        }
        for length in 0..<bytes.count {
            #expect(throws: CodingError.self) {
                try TensorCodec(description: Array(bytes[..<length]))
            }
        }
        #expect(throws: CodingError.self) { try TensorCodec(description: bytes + [0]) }
    }

    @Test func hostileDescriptionWithValidChecksumIsReadOrRefused() {
        var random = SeededGenerator(seed: 13)
        var accepted = 0
        for _ in 0..<30_000 {
            var bytes = Self.codecs[Int.random(in: 0..<5, using: &random)].encodedDescription
            bytes.removeLast(3)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: 0..<min(bytes.count, 40), using: &random)
                bytes[index] = UInt8.random(in: 0...255, using: &random)
            }
            if Bool.random(using: &random) { bytes.removeLast(bytes.count / 3) }
            let checksum = ReferenceDecoder.checksum(bytes)
            bytes += [16, 8, 0].map { UInt8(truncatingIfNeeded: checksum >> $0) }
            guard let codec = try? TensorCodec(description: bytes) else { continue }
            #expect(codec.encodedDescription == bytes)
            accepted += 1
        }
        #expect(accepted > 0)
    }
}
