import Coding
import Foundation
import TestSupport
import Testing

@Suite struct LatentPayloadTests {
    static let payloads: [(codec: LatentCodec, payload: [UInt8])] = LatentFixture.all.map {
        var random = SeededGenerator(seed: 61)
        return ($0.codec, $0.codec.encode($0.latent(&random, variation: 3)))
    }

    @Test(arguments: LatentFixture.all.indices)
    func referenceDecodesToTheSameNumbers(index: Int) throws {
        let fixture = LatentFixture.all[index]
        var reference = LatentReferenceDecoder(fixture.codec)
        var random = SeededGenerator(seed: 62)
        for variation in [0, 6.0] {
            let latent = fixture.latent(&random, variation: variation)
            let payload = fixture.codec.encode(latent)
            #expect(try reference.decode(payload) == fixture.codec.decode(payload))
        }
    }

    @Test(arguments: payloads.indices)
    func everyFlippedBitAndTruncationIsRefused(index: Int) {
        let (codec, payload) = Self.payloads[index]
        var altered = payload
        for bit in 0..<8 * payload.count {
            altered[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: CodingError.self, "bit \(bit)") { try codec.decode(altered) }
            altered[bit / 8] ^= 1 << UInt8(bit % 8)
        }
        for length in 0..<payload.count {
            #expect(throws: CodingError.self) { try codec.decode(Array(payload[..<length])) }
            #expect(throws: CodingError.self) { try codec.decode(Array(payload.suffix(length))) }
        }
        for byte in UInt8.min...UInt8.max {
            #expect(throws: CodingError.self) { try codec.decode(payload + [byte]) }
        }
    }

    @Test func anotherCodecsPayloadIsRefused() {
        for (index, (codec, _)) in Self.payloads.enumerated() {
            for (other, (_, payload)) in Self.payloads.enumerated() where other != index {
                #expect(throws: CodingError.self) { try codec.decode(payload) }
            }
        }
    }

    /// The body's kind is what the envelope says; two in three are of the kind that a latent has, and
    /// half of those are noise.
    @Test(arguments: payloads.indices)
    func hostileBodiesWithValidChecksumAreReadOrRefused(index: Int) throws {
        let (codec, payload) = Self.payloads[index]
        var random = SeededGenerator(seed: UInt64(63 + index))
        var (read, refused) = (0, 0)
        for round in 0..<300 {
            var body = Array(payload.dropFirst().dropLast(3))
            if round.isMultiple(of: 2) {
                body = (0..<round).map { _ in UInt8.random(in: 0...255, using: &random) }
            }
            for _ in 0..<Int.random(in: 0...3, using: &random) where !body.isEmpty {
                body[Int.random(in: 0..<body.count, using: &random)] ^= UInt8.random(
                    in: 0...255,
                    using: &random
                )
            }
            if Bool.random(using: &random) { body = body.dropLast(2) + [] }
            let kinds: [Bitstream.Body] = [
                .oneLane, .oneLane, .twoLanes, .oneLane, .oneLane, .fourLanes,
            ]
            let kind = kinds[round % 6]
            let sealed = Bitstream.payload(body, kind: kind, identity: codec.fingerprint)
            do throws(CodingError) {
                let latent = try codec.decode(sealed)
                #expect(kind == .oneLane && latent.allSatisfy(\.isFinite))
                read += 1
            } catch .malformedBody {
                #expect(kind == .oneLane)
                refused += 1
            } catch {
                #expect(error == .unexpectedBody(kind: Int(kind.rawValue)) && kind != .oneLane)
            }
        }
        #expect(read > 0 && refused > 100, "\(read) read, \(refused) refused")
        #expect(read + refused == 200)
    }

    @Test func placeBetweenAnchorsMeetsTheBudgetClosely() throws {
        let fixture = LatentFixture.all[5]
        let anchors = [0.25, 0.5, 1, 2].map { LatentLevel(step: $0) }
        var random = SeededGenerator(seed: 65)
        let latent = fixture.latent(&random)
        func size(_ place: Int) -> Int {
            let level = LatentLevel(between: anchors, place: place)
            return LatentCodec(model: fixture.codec.model, level: level).encode(latent).count
        }
        #expect(LatentLevel(between: anchors, place: 64) == anchors[1])
        for place in [0, 17, 64, 100, 192] {
            let budget = size(place)
            let found = LatentCodec.place(
                forTargetBytes: budget,
                latent: latent,
                model: fixture.codec.model,
                anchors: anchors
            )
            #expect(size(found) <= budget)
            #expect(size(found) >= budget * 98 / 100)
        }
        let none = LatentCodec.place(
            forTargetBytes: 0,
            latent: latent,
            model: fixture.codec.model,
            anchors: anchors
        )
        #expect(none == 192)
    }
}
