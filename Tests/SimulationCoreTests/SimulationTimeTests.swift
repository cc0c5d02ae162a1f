import SimulationCore
import Testing

@Suite struct SimulationTimeTests {
    @Test func differenceOfInstantsIsTheSpanThatJoinsThem() {
        let start = SimulationTime(nanoseconds: 5)
        let end = start + .microseconds(3)
        #expect(end - start == .microseconds(3))
        #expect(end > start)
    }

    @Test func scalingRoundsToTheNearestNanosecond() {
        #expect(SimulationDuration(nanoseconds: 3).scaled(by: 0.5).nanoseconds == 2)
    }
}
