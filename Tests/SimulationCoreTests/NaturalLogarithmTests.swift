import Foundation
import SimulationCore
import Testing

@Suite struct NaturalLogarithmTests {
    @Test func agreesWithTheLibraryToOneUnitInTheLastPlace() {
        var draw = RandomDraw(seed: 1, purpose: .test, entity: 0)
        var worst = 0.0
        for index in 0..<100_000 {
            let unit = draw.positiveUnit()
            // Draws, numbers near 1 on both sides, and all magnitudes.
            let x =
                switch index % 3 {
                case 0: unit
                case 1: 1 + (unit - 0.5) / 1024
                default: Double(sign: .plus, exponent: index % 2000 - 1000, significand: 1 + unit)
                }
            let expected = log(x)
            worst = max(worst, abs(NaturalLogarithm.of(x) - expected) / expected.ulp)
        }
        #expect(worst <= 1)
    }

    @Test func keepsItsBits() {
        #expect(NaturalLogarithm.of(1) == 0)
        #expect(NaturalLogarithm.of(2) == 0.6931471805599453)
        #expect(NaturalLogarithm.of(10) == 2.302585092994046)
        #expect(NaturalLogarithm.of(0x1p-53) == -36.7368005696771)
    }
}
