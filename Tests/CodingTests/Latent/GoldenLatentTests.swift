import Coding
import Testing

/// Fixed bytes: a change here is a change of the format and needs a new version number.
@Suite struct GoldenLatentTests {
    /// Six tables, a context and a step per latent, all of it from integers.
    static func codec() throws -> LatentCodec {
        let tables = [4, 4, 6, 8, 12, 16].map { size in
            FrequencyTable(
                counts: (0..<size).map { 1 << UInt64(2 * (size - $0) / size) },
                precision: 10
            )
        }
        let family = try LatentFamily(
            tables: tables,
            centroidShifts: [0, 1, 2, 10, 20, 30],
            origin: -8,
            tablesPerOctave: 2
        )
        let group: [UInt8] = [0, 0, 1, 0, 1, 1]
        let context = try LatentContext(
            neighbourhood: LatentContext.Neighbourhood(
                cap: 9,
                positionWeights: [7, 3],
                sampleWeight: 5,
                sampleShift: 3,
                bias: 40
            ),
            neighbours: [-1, -1, 0, -1, 1, -1, 0, 1, 3, 1, 4, 2],
            bucketWidth: 7,
            bucketCount: 4,
            rowShift: 1,
            adjustments: [-16, -8, 0, 8, -16, -4, 4, 16, -20, 0, 0, 20]
        )
        let model = try LatentModel(
            channels: 4,
            group: group,
            scaleIndices: [40, 20, 30, 10, 10, 0, 0, -20],
            family: family,
            order: LatentOrder(nesting: .positionsOuter, channels: 4, group: group),
            context: context
        )
        return LatentCodec(model: model, level: LatentLevel(steps: [0.75, 0.75, 1.5, 2]))
    }

    static let latent: [Float] = (0..<24).map { index in
        let number = (index * index * 7 + index * 5) % 23 - 11
        return Float(number) / 4
    }

    @Test func descriptions() throws {
        let codec = try Self.codec()
        let model =
            "0104060200010100000001015028131327131327060f02000a03fffec7d918f640010a03fffe"
            + "c7d918f640020a05fffe55cacacaf2a5400a0a07fffe11c242424230810200140a0bfffa1e89"
            + "12142850e8a28a28801e0a0ffff8be3060c183060c178c30c30c30c000010910e00503070401"
            + "020703280300000200060402060000010102000301f0f80008f0fc0410ec00001400d81ba0"
        #expect(hexadecimal(codec.model.encodedDescription) == model)
        #expect(
            hexadecimal(codec.level.encodedDescription)
                == "040000403ff9ff0000403ff9ff0000c03f0900000000401000"
        )
        #expect(codec.fingerprint == 18_439_445_584_236_779_569)
    }

    @Test func payloads() throws {
        let codec = try Self.codec()
        var latent = Self.latent
        #expect(hexadecimal(codec.encode(latent)) == "11d82a0ef0188b310c7e4bfd8f")
        latent[5] = -300
        latent[20] = 5000
        #expect(hexadecimal(codec.encode(latent)) == "11beaa7fbbd92ee71ff8814cf7c181956bc8")
        var reference = LatentReferenceDecoder(codec)
        let decoded = try codec.decode(codec.encode(latent))
        #expect(reference.decode(codec.encode(latent)) == decoded)
    }

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
