import Cluster
import Foundation
import Results
import Scenario
import SimulationCore
import Testing

@testable import Runtime

/// Runs that take another's durations from its record.
@Suite struct ReplayTests {
    private static let constant = DurationDistribution.constant(.milliseconds(7))

    /// A record that says it is a wall run's, of the same requests as a virtual run.
    private func replay(
        _ scenario: Scenario
    ) throws -> (
        original: Summary, end: VirtualRun.End, summary: Summary, replay: Replay
    ) {
        try VirtualFixture.withFolder { path in
            let original = try VirtualFixture.run(scenario).summary
            _ = try VirtualFixture.run(scenario, clock: .wall, folder: path)
            let replay = try Replay(folder: path, scenario, out: nil)
            let (end, summary) = try VirtualFixture.run(
                scenario,
                edge: Self.constant,
                recorded: replay.times
            )
            return (original, end, summary, replay)
        }
    }

    @Test func `a run's record holds all that it takes to run it again`() throws {
        let scenario = try VirtualFixture.scenario(#""duration": "20s","#)
        let (original, end, summary, replay) = try replay(scenario)
        #expect(summary.digest == original.digest)
        let counts = try #require(end.replayCounts)
        let batches = end.edges.reduce(0) { $0 + $1.batches }
        #expect(counts.replayed == original.traffic.requests.issued + batches)
        let said = replay.summary(counts)
        #expect(said.replayed == counts.replayed && said.resampled == 0 && said.profiled == 0)
    }

    /// Who gave up while the device was computing left no duration, and one of zero least of all.
    @Test func `work that was not finished has no duration`() throws {
        let scenario = try VirtualFixture.scenario(
            #""duration": "5s","#,
            devices: #""arrivals": { "poisson": { "rate": "5/s" } }, "timeout": "1us""#
        )
        let (original, end, summary, _) = try replay(scenario)
        #expect(original.traffic.requests.timedOut == original.traffic.requests.issued)
        #expect(summary.traffic.requests == original.traffic.requests)
        let counts = try #require(end.replayCounts)
        #expect(counts.replayed == 0 && counts.resampled == 0 && counts.missing > 0)
    }

    @Test func `only a record of the same run is taken`() throws {
        let scenario = try VirtualFixture.scenario(#""duration": "2s","#)
        let changes: [(String, (inout Scenario) -> Void)] = [
            ("use --clock virtual", { $0.clock = .wall }),
            ("is a run of 'virtual', not of 'other'", { $0.name = "other" }),
            ("has seed 5, not 6", { $0.seed = 6 }),
            ("another version", { $0.devices[0].count = 3 }),
            ("another version", { $0.devices[0].name = "others" }),
            ("another version", { $0.operatingPoints[0].name = "other" }),
            ("another version", { $0.edges.removeLast() }),
            ("issued for 2.0 s, not 3.0 s", { $0.duration = .seconds(3) }),
        ]
        try VirtualFixture.withFolder { path in
            _ = try VirtualFixture.run(scenario, clock: .wall, folder: path + "/wall")
            _ = try VirtualFixture.run(scenario, folder: path + "/virtual")
            func refusal(_ folder: String, _ scenario: Scenario, out: String? = nil) -> String {
                do {
                    _ = try Replay(folder: path + folder, scenario, out: out)
                    return ""
                } catch {
                    return "\(error)"
                }
            }
            #expect(refusal("/wall", scenario) == "")
            #expect(refusal("/virtual", scenario).contains("is no wall run"))
            #expect(refusal("/wall", scenario, out: path + "/virtual") == "")
            #expect(refusal("/wall", scenario, out: path + "/wall").contains("overwritten"))
            for (text, change) in changes {
                var other = scenario
                change(&other)
                let said = refusal("/wall", other)
                #expect(said.contains(text), "\(said)")
            }
        }
    }
}
