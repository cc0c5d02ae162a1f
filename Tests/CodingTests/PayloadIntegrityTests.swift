import Coding
import TestSupport
import Testing

@Suite struct PayloadIntegrityTests {
    /// Payloads of each kind, with their codecs.
    static let payloads: [(codec: TensorCodec, payload: [UInt8])] = {
        let codecs = [
            TensorCodec.float32(elementCount: 0), .float32(elementCount: 20),
            TensorCodecTests.codec(elements: 0, channels: 1, bits: 8),
            TensorCodecTests.codec(elements: 1, channels: 1, bits: 8),
            TensorCodecTests.codec(elements: 300, channels: 3, bits: 6),
            TensorCodecTests.codec(elements: 2000, channels: 2, bits: 8),
            TensorCodecTests.codec(elements: 6000, channels: 1, bits: 8),
        ]
        return codecs.map { codec in
            var random = SeededGenerator(seed: 21)
            return (codec, codec.encode(random.tensor(codec.elementCount)))
        }
    }()

    @Test func everyFlippedBitIsRefused() {
        for (codec, payload) in Self.payloads {
            var altered = payload
            for bit in 0..<8 * payload.count {
                altered[bit / 8] ^= 1 << UInt8(bit % 8)
                #expect(throws: CodingError.self, "bit \(bit)") { try codec.decode(altered) }
                altered[bit / 8] ^= 1 << UInt8(bit % 8)
            }
            #expect(throws: Never.self) { try codec.decode(altered) }
        }
    }

    @Test func everyBurstOfThreeBytesIsRefused() {
        var random = SeededGenerator(seed: 22)
        for (codec, payload) in Self.payloads {
            for start in 0...(payload.count - 3) {
                var altered = payload
                for index in start..<start + 3 {
                    altered[index] ^= UInt8.random(in: 0...255, using: &random)
                }
                guard altered != payload else { continue }
                #expect(throws: CodingError.self) { try codec.decode(altered) }
            }
        }
    }

    @Test func everyTruncationAndExtensionIsRefused() {
        for (codec, payload) in Self.payloads {
            for length in 0..<payload.count {
                #expect(throws: CodingError.self) { try codec.decode(Array(payload[..<length])) }
                #expect(throws: CodingError.self) {
                    try codec.decode(Array(payload.suffix(length)))
                }
            }
            for byte in UInt8.min...UInt8.max {
                #expect(throws: CodingError.self) { try codec.decode(payload + [byte]) }
                #expect(throws: CodingError.self) { try codec.decode([byte] + payload) }
            }
            for count in 2...40 {
                let zeros = [UInt8](repeating: 0, count: count)
                #expect(throws: CodingError.self) { try codec.decode(payload + zeros) }
            }
        }
    }

    @Test func anotherCodecsPayloadIsRefused() {
        for (index, (codec, _)) in Self.payloads.enumerated() {
            for (other, (_, payload)) in Self.payloads.enumerated() where other != index {
                #expect(throws: CodingError.self) { try codec.decode(payload) }
            }
        }
    }

    @Test func randomBytesAreRefused() {
        var random = SeededGenerator(seed: 23)
        let codec = Self.payloads[4].codec
        var accepted = 0
        for index in 0..<100_000 {
            var bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            if index % 2 == 0, !bytes.isEmpty { bytes[0] = 0x11 }
            if (try? codec.decode(bytes)) != nil { accepted += 1 }
        }
        #expect(accepted == 0)
    }

    @Test func hostileBodiesWithValidChecksumAreReadOrRefused() throws {
        var random = SeededGenerator(seed: 24)
        for (codec, payload) in Self.payloads {
            for kind in [.float32, .oneLane, .twoLanes, .fourLanes] as [Bitstream.Body] {
                for _ in 0..<2000 {
                    var body = Array(payload.dropFirst().dropLast(3))
                    for _ in 0..<Int.random(in: 0...3, using: &random) where !body.isEmpty {
                        let index = Int.random(in: 0..<body.count, using: &random)
                        body[index] = UInt8.random(in: 0...255, using: &random)
                    }
                    if Bool.random(using: &random) { body = body.dropLast(2) + [] }
                    let sealed = Bitstream.payload(
                        body,
                        kind: kind,
                        identity: codec.fingerprint
                    )
                    if let values = try? codec.decode(sealed) {
                        // What is accepted is what the encoder would have written.
                        #expect(codec.quantization == nil || codec.encode(values) == sealed)
                    }
                }
            }
        }
    }

    @Test func errorsSayWhatToDo() {
        let (codec, payload) = Self.payloads[4]
        #expect(throws: CodingError.payloadTooShort(bytes: 2)) { try codec.decode([1, 2]) }
        #expect(throws: CodingError.unsupportedVersion(3)) {
            try codec.decode([0x31] + payload.dropFirst())
        }
        #expect(throws: CodingError.unexpectedBody(kind: 0)) {
            let body = [UInt8](repeating: 0, count: 1200)
            return try codec.decode(
                Bitstream.payload(body, kind: .float32, identity: codec.fingerprint)
            )
        }
        #expect("\(CodingError.checksumMismatch)".contains("send it again"))
    }
}
