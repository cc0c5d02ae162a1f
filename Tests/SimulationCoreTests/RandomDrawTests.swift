import Testing

@testable import SimulationCore

@Suite struct RandomDrawTests {
    /// Known answers that the authors publish with Random123 (`kat_vectors`).
    @Test func philoxGivesThePublishedWords() {
        let zeros = Philox.block((0, 0, 0, 0), key: (0, 0))
        #expect(zeros == (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
        let all = UInt32.max
        let ones = Philox.block((all, all, all, all), key: (all, all))
        #expect(ones == (0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
        let pi = Philox.block(
            (0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
            key: (0xa409_3822, 0x299f_31d0)
        )
        #expect(pi == (0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
    }

    @Test func wordsAreTheBlocksOfTheKeyInOrder() {
        var draw = RandomDraw(
            seed: 0x299f_31d0_a409_3822,
            purpose: .arrival,
            entity: 7,
            request: 8,
            attempt: 9
        )
        for index in UInt32(0)..<3 {
            let block = Philox.block((index, 8, 7, 1 << 24 | 9), key: (0xa409_3822, 0x299f_31d0))
            #expect(draw.next() == UInt64(block.1) << 32 | UInt64(block.0))
            #expect(draw.next() == UInt64(block.3) << 32 | UInt64(block.2))
        }
    }

    @Test func everyPartOfTheKeyChangesTheWords() {
        var draws = [
            RandomDraw(seed: 1, purpose: .test, entity: 1, request: 1, attempt: 1),
            RandomDraw(seed: 2, purpose: .test, entity: 1, request: 1, attempt: 1),
            RandomDraw(seed: 1 << 40 | 1, purpose: .test, entity: 1, request: 1, attempt: 1),
            RandomDraw(seed: 1, purpose: .sample, entity: 1, request: 1, attempt: 1),
            RandomDraw(seed: 1, purpose: .test, entity: 2, request: 1, attempt: 1),
            RandomDraw(seed: 1, purpose: .test, entity: 1, request: 2, attempt: 1),
            RandomDraw(seed: 1, purpose: .test, entity: 1, request: 1, attempt: 2),
            RandomDraw(seed: 1, purpose: .test, entity: 1, request: 1, attempt: 1 << 23 | 1),
        ]
        let words = draws.indices.map { draws[$0].next() }
        #expect(Set(words).count == words.count)
    }

    @Test func purposesKeepTheirNumbers() {
        #expect(DrawPurpose.arrival.rawValue == 1)
        #expect(DrawPurpose.sample.rawValue == 13)
        #expect(Set(DrawPurpose.allCases.map(\.rawValue)).count == DrawPurpose.allCases.count)
    }

    /// Within 6 standard deviations of the chi-square distribution, for streams of one entity and
    /// for first words across entities.
    @Test(arguments: [UInt64(2), 6, 16, 255, 1000])
    func valuesBelowABoundAreEquallyLikely(bound: UInt64) {
        let draws = 60_000
        var along = Array(repeating: 0, count: Int(bound))
        var across = along
        var stream = RandomDraw(seed: 5, purpose: .test, entity: 0)
        for entity in 0..<draws {
            along[Int(stream.below(bound))] += 1
            var other = RandomDraw(seed: 5, purpose: .test, entity: UInt32(entity))
            across[Int(other.below(bound))] += 1
        }
        let expected = Double(draws) / Double(bound)
        let freedom = Double(bound - 1)
        for counts in [along, across] {
            let statistic = counts.reduce(0.0) { sum, count in
                let difference = Double(count) - expected
                return sum + difference * difference / expected
            }
            #expect(abs(statistic - freedom) < 6 * (2 * freedom).squareRoot())
        }
    }

    /// 2^64 words do not divide into 3 · 2^62 values: without care every third of them would come twice as often.
    @Test func valuesBelowALargeBoundAreEquallyLikely() {
        var draw = RandomDraw(seed: 5, purpose: .test, entity: 0)
        var counts = [0, 0, 0]
        for _ in 0..<6000 { counts[Int(draw.below(3 << 62) % 3)] += 1 }
        // 2000 each, give or take six standard deviations.
        #expect(counts.allSatisfy { abs($0 - 2000) < 220 }, "\(counts)")
    }

    @Test func unitsStayInsideTheirIntervals() {
        var draw = RandomDraw(seed: 3, purpose: .test, entity: 0)
        var sum = 0.0
        for _ in 0..<20_000 {
            let unit = draw.unit()
            #expect(unit >= 0 && unit < 1)
            let positive = draw.positiveUnit()
            #expect(positive > 0 && positive <= 1)
            sum += unit - positive
        }
        #expect(abs(sum) < 400)
    }

    @Test func exponentialHasMeanAndVarianceOne() {
        var draw = RandomDraw(seed: 4, purpose: .test, entity: 0)
        let values = (0..<200_000).map { _ in draw.exponential() }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance =
            values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        #expect(abs(mean - 1) < 0.01)
        #expect(abs(variance - 1) < 0.04)
        #expect(values.allSatisfy { $0 >= 0 })
    }

    @Test func normalHasItsFirstFourMoments() {
        var draw = RandomDraw(seed: 6, purpose: .test, entity: 0)
        let values = (0..<200_000).map { _ in draw.normal() }
        func moment(_ power: Int) -> Double {
            values.reduce(0) { sum, value in
                sum + (0..<power).reduce(1.0) { product, _ in product * value }
            } / Double(values.count)
        }
        #expect(abs(moment(1)) < 0.01)
        #expect(abs(moment(2) - 1) < 0.02)
        #expect(abs(moment(3)) < 0.04)
        #expect(abs(moment(4) - 3) < 0.1)
    }

    @Test func aSpanIncludesBothEnds() {
        var draw = RandomDraw(seed: 7, purpose: .test, entity: 0)
        let span = SimulationDuration(nanoseconds: 2)
        let seen = Set((0..<200).map { _ in draw.uniform(upTo: span).nanoseconds })
        #expect(seen == [0, 1, 2])
    }
}
