import SimulationCore
import Testing

@Suite struct SimulationTimeTests {
    @Test func differenceOfInstantsIsTheSpanThatJoinsThem() {
        let start = SimulationTime(nanoseconds: 5)
        let end = start + .microseconds(3)
        #expect(end - start == .microseconds(3))
        #expect(end > start)
    }

    @Test func theNearestNumberIsWhatRoundingGives() {
        var random = RandomDraw(seed: 3, purpose: .test, entity: 0)
        let halves = (-9...9).map { Double($0) / 2 }
        let neighbours = halves.flatMap { [$0.nextDown, $0, $0.nextUp] }
        let large = [0x1p52 + 0.5, 0x1p53 - 1, 0x1p62, -0x1p62, -0x1p63]
        let drawn = (0..<10_000).map { index in
            let magnitude = (1 + random.unit()) * Double(1 << (index % 60))
            return index % 2 == 0 ? magnitude : -magnitude
        }
        for value in neighbours + large + drawn {
            #expect(Int64(nearest: value) == Int64(value.rounded()), "\(value)")
        }
    }

    @Test func scalingRoundsToTheNearestNanosecond() {
        #expect(SimulationDuration(nanoseconds: 3).scaled(by: 0.5).nanoseconds == 2)
    }
}
