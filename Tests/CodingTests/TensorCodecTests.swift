import Coding
import TestSupport
import Testing

@Suite struct TensorCodecTests {
    static func codec(elements: Int, channels: Int, bits: Int, floor: Float = -1) -> TensorCodec {
        var random = SeededGenerator(seed: UInt64(elements))
        let samples = (0..<3).map { _ in random.tensor(elements, floor: floor) }
        return .calibrated(samples: samples, bits: bits, channels: channels)
    }

    @Test(arguments: [0, 1, 5, 64, 5000, 20_000], [2, 4, 6, 8])
    func decodedTensorIsTheQuantisedOne(elements: Int, bits: Int) throws {
        for channels in [1, 5] where elements.isMultiple(of: channels) {
            let codec = Self.codec(elements: elements, channels: channels, bits: bits)
            var random = SeededGenerator(seed: 99)
            let values = random.tensor(elements).map { $0 * 1.2 }
            let quantizer = try #require(codec.quantization).quantizer
            let expected = quantizer.dequantize(quantizer.quantize(values))
            #expect(try codec.decode(codec.encode(values)) == expected)
        }
    }

    @Test func numbersAreKeptToTheBit() throws {
        let values: [Float] = [
            0, -0.0, .nan, .signalingNaN, .infinity, -.infinity, 1.5, .leastNonzeroMagnitude,
        ]
        let codec = TensorCodec.float32(elementCount: values.count)
        let payload = codec.encode(values)
        #expect(payload.count == 4 * values.count + Bitstream.overhead)
        #expect(try codec.decode(payload).map(\.bitPattern) == values.map(\.bitPattern))
        let empty = TensorCodec.float32(elementCount: 0)
        #expect(try empty.decode(empty.encode([])).isEmpty)
    }

    @Test func scratchIsSharedByCodecsOfDifferentSizes() throws {
        var scratch = CodingScratch()
        var payload: [UInt8] = []
        for elements in [9000, 10, 0, 20_000, 600] {
            let codec = Self.codec(elements: elements, channels: 1, bits: 6)
            var random = SeededGenerator(seed: 5)
            let values = random.tensor(elements)
            values.withUnsafeBufferPointer {
                codec.encode($0, into: &payload, scratch: &scratch)
            }
            #expect(payload == codec.encode(values))
            var decoded = [Float](repeating: .nan, count: elements)
            try decoded.withUnsafeMutableBufferPointer {
                try codec.decode(payload, into: $0, scratch: &scratch)
            }
            #expect(try decoded == codec.decode(payload))
        }
    }

    @Test func orderOfCalibrationSamplesDoesNotMatter() {
        var random = SeededGenerator(seed: 11)
        let samples = (0..<6).map { _ in random.tensor(300) }
        let descriptions = [samples, samples.reversed(), samples.shuffled(using: &random)].map {
            TensorCodec.calibrated(samples: $0, bits: 6, channels: 3).encodedDescription
        }
        #expect(Set(descriptions).count == 1)
    }

    @Test func tablesOfCalibrationPayForThemselves() throws {
        var random = SeededGenerator(seed: 12)
        let samples = (0..<8).map { _ in random.tensor(4000, floor: 0) }
        let codec = TensorCodec.calibrated(samples: samples, bits: 8)
        // Half the elements are zero, so that they carry 1 bit and the other half about 8.
        #expect(codec.encode(random.tensor(4000, floor: 0)).count < 4000 * 5 / 8)
    }
}
