import Foundation
import SimulationCore
import TestSupport
import Testing

import Links
@testable import Scenario

/// The shipped scenarios keep to the load generation that MLPerf inference's rules prescribe.
@Suite(.enabled(if: PackageFolder.hasImages, "Fashion-MNIST is not unpacked; run Tools/bootstrap"))
struct MLPerfScenarioTests {
    private func load(_ name: String) throws -> Scenario {
        try ScenarioLoader.load(path: PackageFolder.file("Scenarios/mlperf/\(name).json").path)
    }

    @Test func `SingleStream has one query in flight for 600 s`() throws {
        let scenario = try load("single-stream")
        #expect(scenario.duration >= .seconds(600))
        #expect(scenario.deviceCountOfAllGroups == 1)
        #expect(
            scenario.devices[0].arrivals == .closed(concurrency: 1, think: .constant(.zero))
        )
    }

    @Test func `MultiStream has eight samples a query, which end together`() throws {
        let scenario = try load("multi-stream")
        #expect(scenario.duration >= .seconds(600))
        #expect(scenario.deviceCountOfAllGroups == 1)
        #expect(
            scenario.devices[0].arrivals == .closed(concurrency: 8, think: .constant(.zero))
        )
        #expect(scenario.edges.map(\.batch.max) == [8])
    }

    @Test func `Server has Poisson arrivals and a bound for 600 s`() throws {
        let scenario = try load("server")
        #expect(scenario.duration >= .seconds(600))
        for group in scenario.devices {
            guard case .poisson = group.arrivals else {
                Issue.record("\(group.name) is no Poisson process")
                continue
            }
            #expect(group.deadline != nil)
        }
    }

    @Test func `Offline has all of its 24,576 samples at the start`() throws {
        let scenario = try load("offline")
        guard case .trace(.counts(let counts, let interval)) = scenario.devices[0].arrivals else {
            Issue.record("The arrivals are not counted.")
            return
        }
        #expect(counts.map { Int($0) } == [24_576] && interval <= .microseconds(1))
    }
}

extension Scenario {
    fileprivate var deviceCountOfAllGroups: Int { devices.reduce(0) { $0 + $1.count } }
}
