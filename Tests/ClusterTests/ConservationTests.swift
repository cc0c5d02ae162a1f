import Cluster
import Scenario
import SimulationCore
import Testing

@Suite struct ConservationTests {
    static let seeds = Array(UInt64(1)...120)

    @Test(arguments: seeds) func everyRequestEndsOnce(seed: UInt64) {
        let result = RandomScenario.draw(seed).run()
        var next: [UInt32: UInt32] = [:]
        for record in result.sorted {
            #expect(record.sequence == next[record.device, default: 0])
            next[record.device] = record.sequence + 1
        }
        let states = RequestState.allCases.reduce(0) { $0 + result.count($1) }
        #expect(states == result.records.count)
        #expect(result.count(.failed) == 0)
    }

    @Test func theFamilyShowsEveryState() {
        let states = Self.seeds.reduce(into: Set<RequestState>()) { states, seed in
            states.formUnion(RandomScenario.draw(seed).run().records.map(\.state))
        }
        #expect(states == Set(RequestState.allCases).subtracting([.failed]))
    }

    /// Open loops issue what their arrivals say, whatever becomes of the requests.
    @Test(arguments: seeds) func openLoopsIssueAllArrivals(seed: UInt64) {
        let scenario = RandomScenario.draw(seed)
        let result = scenario.run()
        let streams = DeviceStreams(scenario.devices)
        var first: UInt32 = 0
        for group in scenario.devices {
            let devices = first..<first + UInt32(group.count)
            first = devices.upperBound
            let process = ArrivalProcess(
                group: group,
                streams: streams[devices.lowerBound]..<streams[devices.upperBound - 1] + 1,
                seed: scenario.seed,
                until: .start + scenario.duration
            )
            guard process.closedConcurrency == nil else { continue }
            for device in devices {
                var expected: [SimulationTime] = []
                var previous = SimulationTime.start
                while let time = process.arrival(
                    UInt32(expected.count),
                    stream: streams[device],
                    after: previous
                ), time < .start + scenario.duration {
                    expected.append(time)
                    previous = time
                }
                #expect(result.records(of: device).map(\.issued) == expected)
            }
        }
    }

    @Test(arguments: seeds) func stagesAddUpToTheLatency(seed: UInt64) {
        for record in RandomScenario.draw(seed).run().records {
            var sum = SimulationDuration.zero
            var shortest = SimulationDuration.zero
            let lengths = record.stageLengths
            for stage in lengths.indices {
                sum += lengths[stage]
                shortest = min(shortest, lengths[stage])
            }
            #expect(shortest == .zero, "a stage of \(record) is negative")
            if let latency = record.latency { #expect(sum == latency, "\(record)") }
            #expect((record.completed != .absent) == (record.state == .completed))
        }
    }

    /// A device hears of its requests in order of time, and nothing outlives the run.
    @Test(arguments: seeds) func endsNeverGoBack(seed: UInt64) {
        let scenario = RandomScenario.draw(seed)
        var last = SimulationTime.start
        for record in scenario.run().records where record.state == .completed {
            #expect(record.completed >= last)
            last = record.completed
        }
        #expect(last <= .start + scenario.duration + scenario.drain)
    }

    /// Those that are open at the end of the drain end by device and sequence.
    @Test(arguments: seeds) func whatIsUnfinishedEndsInOrder(seed: UInt64) {
        var scenario = RandomScenario.draw(seed)
        scenario.drain = .zero
        let open = scenario.run().records.filter { $0.state == .unfinished }
        let order = open.map { UInt64($0.device) << 32 | UInt64($0.sequence) }
        #expect(order == order.sorted())
    }

    @Test(arguments: seeds) func aDrainedRunLeavesNothingBehind(seed: UInt64) {
        var scenario = RandomScenario.draw(seed)
        scenario.drain = .seconds(10_000)
        let result = scenario.run()
        #expect(result.openRequests == 0)
        #expect(result.outstanding.allSatisfy { $0 == 0 })
        #expect(result.count(.unfinished) == 0)
    }
}
