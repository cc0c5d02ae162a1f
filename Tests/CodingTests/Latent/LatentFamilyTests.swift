import Coding
import Foundation
import TestSupport
import Testing

@Suite struct LatentFamilyTests {
    @Test func laplacianBinsHaveTheirClosedForm() {
        let family = LatentFamily.generalizedGaussian(shape: 1)
        for (index, table) in family.tables.enumerated() {
            let scale = exp2(Double(family.origin + 4 * index) / 16)
            let rate = 2.0.squareRoot() / scale
            let unit = Double(1 << table.precision)
            let zero = 1 - exp(-rate / 2)
            #expect(abs(Double(table.frequencies[0]) / unit - zero) < 0.02, "\(index)")
            let one = (exp(-rate / 2) - exp(-1.5 * rate)) / 2
            #expect(abs(Double(table.frequencies[1]) / unit - one) < 0.01, "\(index)")
            // Mass of a bin leans towards zero by 1/2 coth(rate/2) − 1/rate.
            let shift = 0.5 / tanh(rate / 2) - 1 / rate
            guard index > 4 else { continue }
            #expect(abs(Double(family.centroidShifts[index]) / 256 - shift) < 0.01, "\(index)")
        }
    }

    @Test func normalBinsFollowTheErrorFunction() {
        let family = LatentFamily.generalizedGaussian(shape: 2, origin: -16, count: 20)
        for (index, table) in family.tables.enumerated() {
            let scale = exp2(Double(family.origin + 4 * index) / 16)
            for magnitude in 0...family.limit(of: index) {
                let (low, high) = (Double(magnitude) - 0.5, Double(magnitude) + 0.5)
                let root = scale * 2.0.squareRoot()
                let mass = (erf(high / root) - erf(low / root)) / 2
                let frequency = table.frequencies[max(2 * magnitude - 1, 0)]
                #expect(abs(Double(frequency) / 16_384 - mass) < 0.01)
            }
        }
    }

    @Test(arguments: [0.4, 0.7, 1, 1.5, 2])
    func tablesAreOrderedByScaleAndCoverTheirAlphabets(shape: Double) {
        let family = LatentFamily.generalizedGaussian(shape: shape)
        for (left, right) in zip(family.tables, family.tables.dropFirst()) {
            #expect(left.frequencies[0] >= right.frequencies[0])
            #expect(left.alphabetSize <= right.alphabetSize)
        }
        #expect(family.tables.allSatisfy { $0.coversAlphabet })
        #expect(family.tables.contains { $0.alphabetSize == 256 })
    }

    @Test func nearestTableIsChosenAndEndsHold() {
        let family = LatentFamily.generalizedGaussian()
        #expect(family.table(forScale: -64) == 0)
        #expect(family.table(forScale: -63) == 0)
        #expect(family.table(forScale: -62) == 1)
        #expect(family.table(forScale: -2000) == 0)
        #expect(family.table(forScale: 0) == 16)
        #expect(family.table(forScale: 2000) == 47)
    }

    @Test func fittingMovesTowardsTheCountsAndStaysSymmetric() {
        let family = LatentFamily.generalizedGaussian()
        var tally = LatentTally(family)
        #expect(family.fitted(to: tally) == family)
        tally.counts[20][1] = 1_000_000
        let table = family.fitted(to: tally).tables[20]
        #expect(abs(Int(table.frequencies[1]) - Int(table.frequencies[2])) <= 1)
        #expect(table.frequencies[1] > 8000)
        #expect(table.coversAlphabet)
    }

    @Test func tablesFittedToOtherDataCodeItShorterAndCloser() throws {
        // Uniform data under Laplacian tables.
        let fixture = try LatentFixture.make("fit", channels: 30, side: 10)
        let model = fixture.codec.model
        var random = SeededGenerator(seed: 71)
        let latents = (0..<10).map { _ in
            fixture.deviations.map { deviation in
                Float(deviation * 3.0.squareRoot()) * Float.random(in: -1...1, using: &random)
            }
        }
        var tally = LatentTally(model.family)
        for latent in latents {
            tally.add(latent, values: fixture.codec.values(of: latent), codec: fixture.codec)
        }
        let fitted = try LatentModel(
            channels: model.channels,
            group: model.group,
            scaleIndices: model.scaleIndices,
            family: model.family.fitted(to: tally, priorWeight: 100),
            order: model.order
        )
        let codec = LatentCodec(model: fitted, level: fixture.codec.level)
        var (bits, errors) = ((before: 0.0, after: 0.0), (before: 0.0, after: 0.0))
        for latent in latents {
            let values = codec.values(of: latent)
            bits.before += fixture.codec.idealCodeLength(of: values)
            bits.after += codec.idealCodeLength(of: values)
            errors.before += error(latent, fixture.codec.reconstruction(of: values))
            errors.after += error(latent, codec.reconstruction(of: values))
        }
        #expect(bits.after < 0.97 * bits.before)
        #expect(errors.after < errors.before)
    }

    private func error(_ left: [Float], _ right: [Float]) -> Double {
        zip(left, right).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
    }

    @Test func costsOfEscapesGrowWithTheLogarithm() {
        let family = LatentFamily.generalizedGaussian()
        for table in [0, 20, 47] {
            let limit = family.limit(of: table)
            let first = family.cost(of: limit + 1, table: table)
            #expect(family.cost(of: -limit - 1, table: table) == first)
            #expect(family.cost(of: 32_767, table: table) - first <= 2 * 15 << 16)
        }
    }

    @Test func familiesThatCannotBeCodedAreRefused() {
        let odd = FrequencyTable(counts: [5, 1, 1], precision: 10)
        let holed = FrequencyTable(counts: [5, 1, 0, 1], precision: 10, isComplete: false)
        let good = FrequencyTable(counts: [5, 1, 1, 1], precision: 10)
        let other = FrequencyTable(counts: [5, 1, 1, 1], precision: 11)
        for (tables, shifts, density) in [
            ([odd], [0], 4), ([holed], [0], 4), ([good, other], [0, 0], 4), ([], [], 4),
            ([good], [0, 0], 4), ([good], [129], 4), ([good], [0], 3),
        ] as [([FrequencyTable], [UInt8], Int)] {
            #expect(throws: CodingError.self) {
                try LatentFamily(
                    tables: tables,
                    centroidShifts: shifts,
                    origin: 0,
                    tablesPerOctave: density
                )
            }
        }
    }
}
