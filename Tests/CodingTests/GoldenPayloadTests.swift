import Coding
import Testing

/// Fixed bytes: a change here is a change of the format and needs a new version number.
@Suite struct GoldenPayloadTests {
    static func codec(elements: Int) throws -> TensorCodec {
        let tables = [(8, 40_000), (3, 60_000)].map {
            FrequencyTable.geometric(
                alphabetSize: 16,
                center: $0.0,
                decay: $0.1,
                precision: 10
            )
        }
        let scales = [(0.125, 8), (0.5, 3)].compactMap {
            AffineScale(step: $0.0, zeroPoint: $0.1)
        }
        let quantization = try TensorQuantization(
            quantizer: UniformQuantizer(bits: 4, scales: scales),
            tables: tables,
            tableOfChannel: [0, 1]
        )
        return .quantized(elementCount: elements, quantization)
    }

    /// Numbers that are exact in binary32.
    static func values(_ count: Int) -> [Float] {
        (0..<count).map { Float(($0 * $0 * 7 + $0 * 3) % 23) / 8 - 1 }
    }

    @Test func descriptionOfTwoChannels() throws {
        let codec = try Self.codec(elements: 32)
        let expected =
            "01042002020000003e080000000000003f03000000020a0fe60b2c36a7a3"
            + "4fa359eda0f2ea000a0fffe28898426088a09bcca881840a0800010c4bc3"
        #expect(hexadecimal(codec.encodedDescription) == expected)
        #expect(codec.fingerprint == 0xF12CA0F7040DAD7F)
    }

    @Test func oneLane() throws {
        let payload = try Self.codec(elements: 32).encode(Self.values(32))
        #expect(hexadecimal(payload) == "110340ec2c2460ffe3f8ffcd9a92f04a6174c113f5d4")
    }

    @Test func twoLanes() throws {
        let payload = try Self.codec(elements: 3000).encode(Self.values(3000))
        #expect(payload[0] == 0x13)
        #expect(payload.count == 1616)
        #expect(
            hexadecimal(Array(payload[..<24])) == "1300fcb5122f1fd501c0acf8dfa6a4d872fd1306ba6c27b2"
        )
        #expect(ReferenceDecoder.checksum(payload) == 0xB08D61)
    }

    @Test func fourLanes() throws {
        let payload = try Self.codec(elements: 12_000).encode(Self.values(12_000))
        #expect(payload[0] == 0x12)
        #expect(payload.count == 6444)
        #expect(
            hexadecimal(Array(payload[..<24])) == "1204b0660055b33700946b140527ac0400c29efc5bf813fc"
        )
        #expect(ReferenceDecoder.checksum(payload) == 0xF1ED10)
    }

    @Test func numbers() {
        let payload = TensorCodec.float32(elementCount: 2).encode([1, -2.5])
        #expect(hexadecimal(payload) == "100000803f000020c047d99e")
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
