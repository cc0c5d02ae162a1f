import Cluster
import Scenario
import SimulationCore
import Testing

/// A simulation that is fed another run's durations.
struct ReplayTests {
    /// Two slots that take batches of up to three from eight devices; all work exponential.
    private func scenario(seed: UInt64 = 1, rate: Double = 20) -> Scenario {
        TestScenario.synthetic(
            TestScenario.work(
                payload: 500,
                device: .exponential(mean: .milliseconds(8)),
                edge: .exponential(mean: .milliseconds(10))
            ),
            seed: seed,
            duration: .seconds(20),
            devices: [TestScenario.group(.poisson(rate: rate), count: 8)],
            edges: [TestScenario.edge(slots: 2, batch: 3, wait: .milliseconds(4))]
        )
    }

    private func recording(_ records: [RequestRecord]) -> RecordedTimes {
        var times = RecordedTimes()
        for record in records {
            times.add(
                .init(
                    operatingPoint: 0,
                    head: record.headEnd - record.headStart,
                    encode: record.encodeEnd - record.headEnd
                ),
                device: record.device,
                group: 0,
                sequence: record.sequence
            )
            times.add(
                .init(
                    edgeGroup: 0,
                    entry: 0,
                    size: Int(record.batchSize),
                    span: record.serviceEnd - record.serviceStart
                ),
                replica: Int(record.replica ?? 0),
                start: record.serviceStart,
                device: record.device,
                sequence: record.sequence
            )
        }
        return times
    }

    /// Service times that differ from the scenario's own in every draw.
    private var others: ServiceTimes {
        ServiceTimes(
            synthetic: TestScenario.work(
                device: .constant(.milliseconds(3)),
                edge: .constant(.milliseconds(4))
            ),
            scenario: scenario()
        )
    }

    @Test func `a run fed its own durations is the same run`() throws {
        let first = scenario().run()
        let second = scenario().run(times: others, recorded: recording(first.records))
        #expect(first.records == second.records)
        let batches = first.statistics.reduce(0) { $0 + $1.batches }
        #expect(
            second.replayCounts
                == .init(replayed: first.records.count + batches, resampled: 0, missing: 0)
        )
    }

    @Test func `requests that were not recorded get durations of their kind`() throws {
        let first = scenario().run()
        let second = scenario(rate: 30).run(times: others, recorded: recording(first.records))
        let counts = try #require(second.replayCounts)
        #expect(counts.replayed > 0 && counts.resampled > 0 && counts.missing == 0)
        let heads = Set(first.records.map { $0.headEnd - $0.headStart })
        #expect(second.records.allSatisfy { heads.contains($0.headEnd - $0.headStart) })
        let services = Set(first.records.map { $0.serviceEnd - $0.serviceStart })
        #expect(second.records.allSatisfy { services.contains($0.serviceEnd - $0.serviceStart) })
    }

    @Test func `kinds that were not recorded are drawn as without a recording`() throws {
        let plain = scenario().run(times: others)
        let empty = scenario().run(times: others, recorded: RecordedTimes())
        #expect(plain.records == empty.records)
        let counts = try #require(empty.replayCounts)
        #expect(counts.replayed == 0 && counts.resampled == 0 && counts.missing > 0)
        #expect(plain.replayCounts == nil)
    }
}

/// When a run is over.
struct ActivityTests {
    @Test func `timers that outlive their requests do not prolong a run`() {
        let result = TestScenario.synthetic(
            TestScenario.work(edge: .constant(.milliseconds(10))),
            duration: .seconds(1),
            devices: [
                TestScenario.group(TestScenario.every(.milliseconds(400)), timeout: .seconds(9))
            ]
        ).run()
        #expect(result.lastActivity == result.records.map(\.completed).max())
    }

    @Test func `a batch whose client has given up counts`() {
        let result = TestScenario.synthetic(
            TestScenario.work(edge: .constant(.seconds(3))),
            duration: .milliseconds(10),
            devices: [TestScenario.group(TestScenario.every(.seconds(1)), timeout: .seconds(1))]
        ).run()
        #expect(result.count(.timedOut) == 1)
        #expect(result.lastActivity == .start + .seconds(3))
    }

    @Test func `what is on its way back keeps a device busy, and no server`() {
        let result = TestScenario.synthetic(
            TestScenario.work(result: 1250, edge: .constant(.seconds(3))),
            duration: .milliseconds(10),
            links: [TestScenario.path(downlink: TestScenario.link(1000))],
            devices: [TestScenario.group(TestScenario.every(.seconds(1)))]
        ).run()
        #expect(result.lastService == .start + .seconds(3))
        #expect(result.lastActivity == .start + .seconds(13))
    }
}
