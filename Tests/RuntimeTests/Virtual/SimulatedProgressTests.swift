import SimulationCore
import Testing

@testable import Runtime

@Suite struct SimulatedProgressTests {
    @Test(arguments: [
        (SimulationDuration.milliseconds(1_500), "simulated ms", 1_500),
        (.milliseconds(99_999), "simulated ms", 99_999), (.seconds(100), "simulated seconds", 100),
        (.seconds(7_200), "simulated seconds", 7_200),
    ])
    func `the share of the run goes from nothing to all, and stays there while it drains`(
        duration: SimulationDuration,
        unit: String,
        total: Int
    ) {
        let progress = SimulatedProgress(duration)
        #expect(progress.unit == unit)
        #expect(progress.total == total)
        #expect(progress.done(at: .absent) == 0)
        #expect(progress.done(at: .start) == 0)
        #expect(progress.done(at: .start + duration.scaled(by: 0.25)) == total / 4)
        #expect(progress.done(at: .start + duration) == total)
        #expect(progress.done(at: .start + duration + .seconds(10)) == total)
    }
}
