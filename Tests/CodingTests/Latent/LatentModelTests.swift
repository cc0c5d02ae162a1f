import Coding
import Foundation
import TestSupport
import Testing

@Suite struct LatentModelTests {
    @Test(arguments: LatentFixture.all.indices)
    func descriptionsAreReadBack(index: Int) throws {
        let codec = LatentFixture.all[index].codec
        let model = try LatentModel(description: codec.model.encodedDescription)
        let level = try LatentLevel(description: codec.level.encodedDescription)
        #expect(model == codec.model)
        #expect(level == codec.level)
        let read = LatentCodec(model: model, level: level)
        #expect(read.fingerprint == codec.fingerprint)
        var random = SeededGenerator(seed: 51)
        let latent = LatentFixture.all[index].latent(&random)
        #expect(try read.decode(codec.encode(latent)) == codec.decode(read.encode(latent)))
    }

    @Test func orderOfTheCallersChoiceIsReadBack() throws {
        let group: [UInt8] = [0, 0, 1, 1]
        let order = try LatentOrder(
            nesting: .channelsOuter,
            channels: [2, 0, 1],
            positions: [3, 1, 2, 0]
        )
        let model = try LatentModel(
            channels: 3,
            group: group,
            scaleIndices: [0, 16, -32, 48, 1000, -1000],
            family: LatentFixture.family,
            order: order
        )
        #expect(try LatentModel(description: model.encodedDescription).order == order)
    }

    @Test(arguments: [[0, 1, 1], [0, 1, 3], [-1, 0, 1]])
    func ordersThatAreNoPermutationsAreRefused(wrong: [Int]) {
        let right = [2, 0, 1]
        #expect(throws: CodingError.self) {
            try LatentOrder(nesting: .channelsOuter, channels: wrong, positions: right)
        }
        #expect(throws: CodingError.self) {
            try LatentOrder(nesting: .channelsOuter, channels: right, positions: wrong)
        }
        #expect(throws: Never.self) {
            try LatentOrder(nesting: .channelsOuter, channels: right, positions: right)
        }
    }

    @Test func fingerprintsDifferByModelAndLevel() {
        let codecs = LatentFixture.all.map(\.codec)
        let finer = codecs.map { LatentCodec(model: $0.model, level: LatentLevel(step: 0.499)) }
        #expect(Set((codecs + finer).map(\.fingerprint)).count == 2 * codecs.count)
    }

    @Test(arguments: LatentFixture.all.indices)
    func alteredOrCutDescriptionIsRefused(index: Int) {
        let bytes = LatentFixture.all[index].codec.model.encodedDescription
        for bit in stride(from: index, to: 8 * bytes.count, by: LatentFixture.all.count) {
            var altered = bytes
            altered[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: CodingError.self) { try LatentModel(description: altered) }
        }
        for length in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: CodingError.self) {
                try LatentModel(description: Array(bytes[..<length]))
            }
        }
        #expect(throws: CodingError.self) { try LatentModel(description: bytes + [0]) }
    }

    @Test func aReservedByteIsZero() throws {
        let bytes = LatentFixture.all[1].codec.model.encodedDescription.dropLast(3)
        #expect(bytes.last == 0)
        for byte: UInt8 in [1, 5, 255] {
            let altered = bytes.dropLast() + [byte]
            let checksum = ReferenceDecoder.checksum(Array(altered))
            let sealed = altered + [16, 8, 0].map { UInt8(truncatingIfNeeded: checksum >> $0) }
            #expect(
                throws: CodingError.malformedDescription("the byte behind its context is not 0")
            ) { try LatentModel(description: Array(sealed)) }
        }
    }

    @Test(arguments: LatentFixture.all.indices)
    func hostileDescriptionWithValidChecksumIsReadOrRefused(index: Int) {
        var random = SeededGenerator(seed: UInt64(52 + index))
        let original = LatentFixture.all[index].codec.model.encodedDescription.dropLast(3)
        var accepted = 0
        for _ in 0..<500 {
            var bytes = Array(original)
            // The ends hold the figures, the middle the tables.
            let end = Bool.random(using: &random) ? 60 : bytes.count
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<min(bytes.count, end), using: &random)
                bytes[end == 60 ? place : bytes.count - 1 - place] = UInt8.random(
                    in: 0...255,
                    using: &random
                )
            }
            if Int.random(in: 0..<4, using: &random) == 0 { bytes.removeLast(bytes.count / 3) }
            let checksum = ReferenceDecoder.checksum(bytes)
            bytes += [16, 8, 0].map { UInt8(truncatingIfNeeded: checksum >> $0) }
            guard let model = try? LatentModel(description: bytes) else { continue }
            accepted += 1
            #expect(model.encodedDescription == bytes)
            let codec = LatentCodec(model: model, level: LatentLevel(step: 1))
            #expect(throws: Never.self) {
                try codec.decode(codec.encode([Float](repeating: 3, count: codec.count)))
            }
        }
        #expect((1..<500).contains(accepted), "\(accepted)")
    }

    @Test func hostileLevelIsReadOrRefused() {
        var random = SeededGenerator(seed: 53)
        var accepted = 0
        for _ in 0..<5000 {
            var bytes = LatentFixture.all[4].codec.level.encodedDescription
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                1
                << UInt8.random(in: 0...7, using: &random)
            guard let level = try? LatentLevel(description: bytes) else { continue }
            accepted += 1
            #expect(level.encodedDescription == bytes)
        }
        #expect((1..<5000).contains(accepted), "\(accepted)")
    }

    /// The formulas of BITSTREAM.md: steps between anchors, and offsets, where rounding is close as well.
    @Test func stepsAndOffsetsAreTheDocuments() {
        let anchors = [[0.3, 1], [0.7, 5], [0.7, 0x1p24]].map { LatentLevel(steps: $0) }
        for place in [1, 31, 64, 65, 127, 128] {
            let (index, part) = place.quotientAndRemainder(dividingBy: 64)
            let level = LatentLevel(between: anchors, place: place)
            let share = Float(part) / 64
            let following = anchors[min(index + 1, 2)].steps
            for (channel, from) in anchors[index].steps.enumerated() {
                let (near, far) = (from * (1 - share), following[channel] * share)
                #expect(level.steps[channel] == (part == 0 ? from : near + far))
            }
        }
        var random = SeededGenerator(seed: 55)
        for _ in 0..<5000 {
            let boundary = Double(Int.random(in: -380...380, using: &random)) + 0.5
            let distance = Double.random(in: -1e-6...1e-6, using: &random)
            let step = Float(exp2(boundary / 16) * (1 + distance))
            #expect(LatentLevel(step: step).offsets == [offset(step)], "\(step)")
        }
    }

    private func offset(_ step: Float) -> Int {
        var (mantissa, digits) = (UInt64(step.significand * 0x1p31), 0)
        for _ in 0..<16 {
            mantissa = (mantissa * mantissa) >> 31
            digits *= 2
            if mantissa >= 1 << 32 {
                mantissa /= 2
                digits += 1
            }
        }
        return (Int(step.exponent) << 16 + digits + 1 << 11) >> 12
    }

    @Test func contextsThatDoNotSuitAreRefused() throws {
        let good = try LatentFixture.context(side: 4)
        func model(_ context: LatentContext) throws -> LatentModel {
            let group = [UInt8](repeating: 0, count: 16)
            return try LatentModel(
                channels: 2,
                group: group,
                scaleIndices: [0, 0],
                family: LatentFixture.family,
                order: LatentOrder(nesting: .positionsOuter, channels: 2, group: group),
                context: context
            )
        }
        #expect(throws: Never.self) { try model(good) }
        #expect(throws: CodingError.self) { try model(LatentFixture.context(side: 5)) }
        for neighbour in [3, 15, 16, -2] as [Int32] {
            var neighbours = good.neighbours
            neighbours[6] = neighbour
            let wrong = try LatentContext(
                neighbourhood: good.neighbourhood,
                neighbours: neighbours,
                bucketWidth: good.bucketWidth,
                bucketCount: good.bucketCount,
                rowShift: good.rowShift,
                adjustments: good.adjustments
            )
            #expect(throws: CodingError.self, "\(neighbour)") { try model(wrong) }
        }
    }

    @Test func fittedAdjustmentsAreTheBestOnTheirObservations() throws {
        let fixture = try LatentFixture.make("fit", channels: 16, side: 7, context: true)
        let plain = try LatentFixture.make("static", channels: 16, side: 7)
        var random = SeededGenerator(seed: 54)
        let latents = (0..<12).map { _ in fixture.latent(&random, variation: 2) }
        let level = fixture.codec.level
        let values = latents.map { fixture.codec.values(of: $0) }
        let observations = values.map { (values: $0, level: level) }
        let model = fixture.codec.model.fittingAdjustments(to: observations)
        func bits(_ codec: LatentCodec) -> Double {
            values.reduce(0) { $0 + codec.idealCodeLength(of: $1) }
        }
        let fitted = bits(LatentCodec(model: model, level: level))
        #expect(fitted <= bits(fixture.codec))
        #expect(fitted < bits(plain.codec))
        #expect(model.fittingAdjustments(to: observations) == model)
        let unseen = fixture.codec.model.fittingAdjustments(to: [])
        #expect(unseen.context?.adjustments.allSatisfy { $0 == 0 } ?? false)
        #expect(plain.codec.model.fittingAdjustments(to: observations) == plain.codec.model)
    }
}
