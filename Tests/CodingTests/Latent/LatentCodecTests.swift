import Coding
import TestSupport
import Testing

@Suite struct LatentCodecTests {
    @Test(arguments: LatentFixture.all.indices)
    func decodedLatentIsTheReconstruction(index: Int) throws {
        let fixture = LatentFixture.all[index]
        let codec = fixture.codec
        var random = SeededGenerator(seed: 41)
        for _ in 0..<20 {
            let latent = fixture.latent(&random, variation: 1)
            let payload = codec.encode(latent)
            let values = codec.values(of: latent)
            #expect(
                try codec.decode(payload) == codec.reconstruction(of: values),
                "\(fixture.name)"
            )
            #expect(codec.encode(values: values) == payload)
        }
    }

    @Test(arguments: LatentFixture.all.indices)
    func bodyIsWithinHalfAPercentAndFourBytesOfTheIdealLength(index: Int) {
        let codec = LatentFixture.all[index].codec
        var random = SeededGenerator(seed: 42)
        for variation in [0, 4.0] {
            for _ in 0..<10 {
                let latent = LatentFixture.all[index].latent(&random, variation: variation)
                let values = codec.values(of: latent)
                let ideal = codec.idealCodeLength(of: values) / 8
                let body = codec.encode(values: values).count - Bitstream.overhead
                #expect(Double(body) <= ideal * 1.005 + 4)
                #expect(Double(body) >= ideal - 4)
            }
        }
    }

    @Test func idealLengthIsTheSumOfTheCostsOfTheTables() {
        for fixture in LatentFixture.all {
            var random = SeededGenerator(seed: 43)
            let values = fixture.codec.values(of: fixture.latent(&random, variation: 5))
            let tables = fixture.codec.tables(for: values)
            let sum = zip(values, tables).reduce(0) { sum, pair in
                sum + fixture.codec.model.family.cost(of: Int(pair.0), table: pair.1)
            }
            #expect(fixture.codec.idealCodeLength(of: values) == Double(sum) / 65_536)
        }
    }

    @Test func errorIsAtMostHalfAStepAndTheCentroidShift() throws {
        for fixture in LatentFixture.all where fixture.codec.level.steps.count == 1 {
            var random = SeededGenerator(seed: 44)
            let latent = fixture.latent(&random)
            let decoded = try fixture.codec.decode(fixture.codec.encode(latent))
            let shift = fixture.codec.model.family.centroidShifts.max() ?? 0
            let bound = fixture.codec.level.steps[0] * (0.501 + Float(shift) / 256)
            for (value, number) in zip(latent, decoded) { #expect(abs(value - number) <= bound) }
        }
    }

    @Test func extremeNumbersClip() throws {
        for fixture in LatentFixture.all {
            let codec = fixture.codec
            let extremes: [Float] = [
                .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .nan,
                .leastNonzeroMagnitude, -0.0,
            ]
            let latent = (0..<codec.count).map { extremes[$0 % extremes.count] }
            let expected: [Int16] = [32_767, -32_767, 32_767, -32_767, 0, 0, 0]
            let values = codec.values(of: latent)
            #expect(values == (0..<codec.count).map { expected[$0 % expected.count] })
            #expect(try codec.decode(codec.encode(latent)) == codec.reconstruction(of: values))
        }
    }

    @Test func everyMagnitudeSurvives() throws {
        let codec = LatentFixture.all[0].codec
        let near = (0...300).flatMap { [$0, -$0] }
        let far = (0..<15).flatMap { [1 << $0 - 1, 1 << $0, -(1 << $0) - 1] }
        for value in near + far + [32_766, 32_767, -32_767] {
            let values = [Int16(value)]
            let payload = codec.encode(values: values)
            #expect(try codec.decode(payload) == codec.reconstruction(of: values))
            let body = Double(payload.count - Bitstream.overhead)
            #expect(body <= codec.idealCodeLength(of: values) / 8 * 1.005 + 4)
        }
    }

    @Test func scratchIsSharedByCodecsOfDifferentSizes() throws {
        var scratch = LatentScratch()
        var payload: [UInt8] = []
        for fixture in LatentFixture.all + LatentFixture.all.reversed() {
            var random = SeededGenerator(seed: 45)
            let latent = fixture.latent(&random)
            latent.withUnsafeBufferPointer {
                fixture.codec.encode($0, into: &payload, scratch: &scratch)
            }
            #expect(payload == fixture.codec.encode(latent))
            var decoded = [Float](repeating: .nan, count: fixture.codec.count)
            try decoded.withUnsafeMutableBufferPointer {
                try fixture.codec.decode(payload, into: $0, scratch: &scratch)
            }
            #expect(try decoded == fixture.codec.decode(payload))
        }
    }

    @Test func contextPaysWhereActivityVaries() throws {
        let plain = try LatentFixture.make("static", channels: 24, side: 7)
        let informed = try LatentFixture.make("context", channels: 24, side: 7, context: true)
        var random = SeededGenerator(seed: 46)
        var bits = (plain: 0.0, informed: 0.0)
        for _ in 0..<10 {
            let latent = plain.latent(&random, variation: 3)
            let values = plain.codec.values(of: latent)
            bits.plain += plain.codec.idealCodeLength(of: values)
            bits.informed += informed.codec.idealCodeLength(of: values)
        }
        #expect(bits.informed < 0.9 * bits.plain)
    }

    @Test func coefficientsThatAreSurelyZeroCostAlmostNothing() throws {
        let fixture = try LatentFixture.make(
            "nothing",
            channels: 100,
            side: 10,
            level: LatentLevel(step: 4096)
        )
        let zeros = [Int16](repeating: 0, count: fixture.codec.count)
        #expect(fixture.codec.idealCodeLength(of: zeros) < 16)
        #expect(fixture.codec.encode(values: zeros).count <= Bitstream.overhead + 3)
    }
}
