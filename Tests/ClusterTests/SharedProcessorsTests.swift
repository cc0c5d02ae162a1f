import Cluster
import Scenario
import SimulationCore
import Testing

/// What devices take that were measured beside others of their host.
@Suite struct SharedProcessorsTests {
    /// Heads that took 1 ms at once after another's, and 3 ms after 2 ms; without the first, issued as the run starts.
    private func headsByDevice(devicesPerProcessor: Int?) throws -> [[SimulationDuration]] {
        var scenario = NetworkScenario.scenario(policy: .fixed(1), duration: .seconds(20))
        scenario.devices[0].count = 4
        var profile = NetworkScenario.profile
        profile.devicesPerProcessor = devicesPerProcessor
        let index = try #require(
            profile.measurements.firstIndex { $0.stage == .head && $0.key == "cut" }
        )
        profile.measurements[index].nanoseconds = (0..<1000).map {
            $0 % 2 == 0 ? 1_000_000 : 3_000_000
        }
        profile.measurements[index].spanNanoseconds = 2_000_000_000
        profile.measurements[index].takenNanoseconds = (0..<1000).map { 2_000_000 * $0 }
        profile.measurements[index].idleNanoseconds = (0..<1000).map { $0 % 2 == 0 ? 0 : 2_000_000 }
        let times = try ServiceTimes(profile: profile, edgeProfiles: [nil], scenario: scenario)
        let records = scenario.run(outcomes: NetworkScenario.outcomes, times: times).records
        return (UInt32(0)..<4).map { device in
            records.filter { $0.device == device && $0.sequence > 0 }
                .map { $0.headEnd - $0.headStart }
        }
    }

    /// All issue at the same times, and neighbours share a processor.
    @Test func theSecondOfAProcessorFindsItsCachesWarm() throws {
        let heads = try headsByDevice(devicesPerProcessor: 2)
        for (device, durations) in heads.enumerated() {
            #expect(durations.count == 39)
            let expected = SimulationDuration.milliseconds(device % 2 == 0 ? 3 : 1)
            for duration in durations {
                // At the ends of the measured time a sample has fewer neighbours on one side.
                #expect(abs((duration - expected).nanoseconds) < 100_000, "device \(device)")
            }
        }
    }

    @Test func aProcessorOfItsOwnIsAlwaysIdleBefore() throws {
        for duration in try headsByDevice(devicesPerProcessor: 1).joined() {
            #expect(abs(duration.nanoseconds - 3_000_000) < 100_000)
        }
    }

    /// All that are issued at once, but for the first.
    @Test func moreDevicesThanThereAreShareOne() throws {
        let heads = try headsByDevice(devicesPerProcessor: .max)
        for (device, durations) in heads.enumerated() {
            let expected = SimulationDuration.milliseconds(device == 0 ? 3 : 1)
            for duration in durations {
                #expect(abs((duration - expected).nanoseconds) < 100_000, "device \(device)")
            }
        }
    }

    /// Of other profiles durations are drawn alone.
    @Test func withoutThatNumberTheOrderSaysNothing() throws {
        let durations = try headsByDevice(devicesPerProcessor: nil).joined()
        #expect(Set(durations) == [.milliseconds(1), .milliseconds(3)])
        #expect((40...120).contains(durations.count { $0 == .milliseconds(1) }))
    }
}
