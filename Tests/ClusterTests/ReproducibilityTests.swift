import Cluster
import Scenario
import SimulationCore
import Testing

@Suite struct ReproducibilityTests {
    @Test(arguments: UInt64(1)...30) func stepsDoNotChangeTheResult(seed: UInt64) {
        let scenario = RandomScenario.draw(seed)
        let whole = scenario.run()
        #expect(whole.records == scenario.run().records)
        let steps = scenario.run(step: .milliseconds(7), pause: 1)
        #expect(whole.records == steps.records)
        #expect(whole.statistics == steps.statistics)
    }

    @Test func theSeedChangesTheResult() {
        var scenario = RandomScenario.draw(3)
        let first = scenario.run()
        scenario.seed += 1
        #expect(first.records != scenario.run().records)
    }

    /// Slots for all, sticky balancing and links of their own: devices cannot meet.
    @Test(arguments: UInt64(1)...10) func aDeviceMoreDoesNotChangeTheOthers(seed: UInt64) {
        func scenario(devices: Int) -> Scenario {
            TestScenario.synthetic(
                TestScenario.work(
                    payload: 5_000,
                    result: 100,
                    device: .exponential(mean: .milliseconds(5)),
                    edge: .exponential(mean: .milliseconds(8))
                ),
                seed: seed,
                duration: .seconds(5),
                links: [
                    TestScenario.path(
                        uplink: TestScenario.link(
                            2_000_000,
                            jitter: .milliseconds(5),
                            loss: 0.05
                        )
                    )
                ],
                devices: [
                    TestScenario.group(.poisson(rate: 20), count: 3, timeout: .milliseconds(100)),
                    TestScenario.group(
                        .closed(concurrency: 2, think: .exponential(mean: .milliseconds(30))),
                        count: devices,
                        timeout: .seconds(1)
                    ),
                ],
                edges: [TestScenario.edge(count: 2, slots: 64)],
                balancer: .sticky
            )
        }
        let few = scenario(devices: 2).run()
        let more = scenario(devices: 3).run()
        #expect(!more.records(of: 5).isEmpty)
        for device in UInt32(0)..<5 {
            #expect(few.records(of: device) == more.records(of: device))
        }
    }
}
