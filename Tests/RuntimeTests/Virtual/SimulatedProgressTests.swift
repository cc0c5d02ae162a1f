import SimulationCore
import Testing

@testable import Runtime

@Suite struct SimulatedProgressTests {
    @Test(arguments: [
        (SimulationDuration.milliseconds(1_500), "simulated ms", 1_500),
        (.seconds(60), "simulated ms", 60_000),
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
