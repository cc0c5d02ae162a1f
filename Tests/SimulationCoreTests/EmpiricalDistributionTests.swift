import SimulationCore
import Testing

@Suite struct EmpiricalDistributionTests {
    private let distribution = EmpiricalDistribution(samples: [40, 10, 30, 20])

    @Test func quantileInvertsTheDistributionFunction() {
        let expected: [(Double, Int64)] = [
            (0, 10), (0.25, 10), (0.2500001, 20), (0.5, 20), (0.75, 30), (0.99, 40), (1, 40),
        ]
        for (u, nanoseconds) in expected {
            #expect(distribution.quantile(u).nanoseconds == nanoseconds)
        }
        #expect(distribution.mean.nanoseconds == 25)
    }

    @Test(arguments: [([1, 1, 2], 1), ([1, 2], 2), ([1, 2, 2], 2)] as [([Int64], Int64)])
    func meansAreRoundedToTheNearest(samples: [Int64], mean: Int64) {
        #expect(EmpiricalDistribution(samples: samples).mean.nanoseconds == mean)
    }

    @Test func drawsEachSampleEquallyOften() {
        var random = RandomDraw(seed: 2, purpose: .test, entity: 0)
        var counts: [Int64: Int] = [:]
        for _ in 0..<40_000 { counts[distribution.draw(&random).nanoseconds, default: 0] += 1 }
        #expect(counts.count == 4)
        #expect(counts.values.allSatisfy { abs($0 - 10_000) < 600 })
    }
}
