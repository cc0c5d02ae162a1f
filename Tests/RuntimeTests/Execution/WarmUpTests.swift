import Scenario
import Testing

@testable import Runtime

@Suite struct WarmUpTests {
    private static let slow = Hardware.Factors(inference: 40, coding: 20)

    @Test func `work is run beforehand after a rest`() {
        var warmUp = WarmUp()
        let runs = warmUp.runs(for: Self.slow, at: 0)
        #expect(runs > 0)
        warmUp.workEnded(at: 1_000_000)
        #expect(warmUp.runs(for: Self.slow, at: 1_000_001) == 0)
        #expect(warmUp.runs(for: Self.slow, at: 2_000_000) == runs)
    }

    @Test func `running it beforehand fits into the slower hardware's duration`() {
        for factor in 7...1000 {
            let factors = Hardware.Factors(inference: Double(factor), coding: 2000)
            let runs = WarmUp().runs(for: factors, at: 0)
            #expect(runs >= 1)
            #expect(4 + 2.5 * Double(runs) <= Double(factor))
        }
    }

    @Test(arguments: [
        Hardware.Factors(inference: 1, coding: 1), Hardware.Factors(inference: 40, coding: 6),
        Hardware.Factors(inference: 0.1, coding: 40),
    ])
    func `hardware that would be late is measured as it comes`(factors: Hardware.Factors) {
        #expect(WarmUp().runs(for: factors, at: 0) == 0)
    }
}
