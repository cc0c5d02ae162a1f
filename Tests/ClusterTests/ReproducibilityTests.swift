import Cluster
import Links
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

    private static let uplink = TestScenario.link(2_000_000, jitter: .milliseconds(5), loss: 0.05)

    /// Every device enters its delays and losses at a place of its own.
    private static let downlink: LinkSpecification = {
        var link = TestScenario.link(2_000_000, jitter: .milliseconds(5))
        link.loss = .gilbertElliott(
            goodToBad: 0.01,
            badToGood: 0.03,
            lossInGood: 0.01,
            lossInBad: 0.5
        )
        do {
            link.delay = .trace(try DelayTrace.parse([UInt8]("9\n1\n30\n4\n".utf8), file: "test"))
        } catch {
            preconditionFailure("\(error)")
        }
        link.offset = .random
        return link
    }()

    /// Slots for all, sticky balancing and links of their own: devices cannot meet.
    @Test(arguments: UInt64(1)...10) func aDeviceMoreDoesNotChangeTheOthers(seed: UInt64) {
        func scenario(_ counts: (Int, Int)) -> Scenario {
            TestScenario.synthetic(
                TestScenario.work(
                    payload: 5_000,
                    result: 100,
                    device: .exponential(mean: .milliseconds(5)),
                    edge: .exponential(mean: .milliseconds(8))
                ),
                seed: seed,
                duration: .seconds(5),
                links: [TestScenario.path(uplink: Self.uplink, downlink: Self.downlink)],
                devices: [
                    TestScenario.group(
                        .poisson(rate: 20),
                        count: counts.0,
                        timeout: .milliseconds(100)
                    ),
                    TestScenario.group(
                        .closed(concurrency: 2, think: .exponential(mean: .milliseconds(30))),
                        count: counts.1,
                        timeout: .seconds(1)
                    ),
                ],
                edges: [TestScenario.edge(count: 2, slots: 64)],
                balancer: .sticky
            )
        }
        let few = scenario((3, 2)).run()
        let more = scenario((3, 3)).run()
        let moreFirst = scenario((4, 2)).run()
        #expect(!more.records(of: 5).isEmpty && !moreFirst.records(of: 3).isEmpty)
        for device in UInt32(0)..<5 {
            #expect(few.records(of: device) == more.records(of: device))
            let number = device < 3 ? device : device + 1
            #expect(fates(of: device, in: few) == fates(of: number, in: moreFirst))
        }
    }

    /// A fast link that all share, on which messages are lost each by itself.
    @Test func aDeviceMoreLeavesTheLossesOnASharedLinkToTheOthers() {
        func states(_ first: Int) -> [RequestState] {
            let link = TestScenario.link(loss: 0.2, attempts: 0)
            let group = TestScenario.group(TestScenario.every(.milliseconds(50)))
            var scenario = TestScenario.synthetic(
                TestScenario.work(payload: 100, result: 100),
                duration: .seconds(5),
                links: [TestScenario.path(isShared: true, uplink: link, downlink: link)],
                devices: [group, group]
            )
            scenario.devices[0].count = first
            return scenario.run().records(of: UInt32(first)).map(\.state)
        }
        #expect(Set(states(2)) == [.completed, .lost])
        #expect(states(2) == states(3))
    }

    /// The samples that a device draws are its own, too.
    @Test func aDeviceMoreLeavesTheSamplesToTheOthers() throws {
        func samples(_ first: Int) throws -> [UInt32] {
            var scenario = NetworkScenario.scenario(policy: .fixed(1))
            scenario.devices.append(scenario.devices[0])
            scenario.devices[0].count = first
            return try NetworkScenario.run(scenario).records(of: UInt32(first)).map(\.sample)
        }
        #expect(try samples(2) == samples(3))
    }

    /// Without numbers that count other groups' devices, too.
    private func fates(of device: UInt32, in result: RunResult) -> [RequestRecord] {
        result.records(of: device).map { record in
            var record = record
            record.device = 0
            record.replica = nil
            return record
        }
    }

    /// 10,000 groups of the most devices that a scenario may have of them.
    @Test func streamsOfDifferentDevicesDiffer() {
        let groups = Array(
            repeating: TestScenario.group(.poisson(rate: 1), count: 1 << 18),
            count: 10_000
        )
        let streams = DeviceStreams(groups)
        let ranges = groups.indices.map { group in
            let first = UInt32(group) << 18
            return streams[first]...streams[first + (1 << 18 - 1)]
        }.sorted { $0.lowerBound < $1.lowerBound }
        #expect(ranges.allSatisfy { $0.count == 1 << 18 })
        #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
    }
}
