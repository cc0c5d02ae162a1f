import Cluster
import Results
import Scenario
import SimulationCore
import TestSupport
import Testing

@testable import Runtime

@Suite(.enabled(if: PackageFolder.hasImages, "Fashion-MNIST is not unpacked; run Tools/bootstrap"))
struct ShippedProfileTests {
    private let reference: ServiceProfile
    private let gpu: ServiceProfile

    init() throws {
        reference = try ServiceProfile.load(path: ProfileFixture.reference)
        gpu = try ServiceProfile.load(path: ProfileFixture.gpu)
    }

    @Test func everyMeasurementHasEnoughSamples() {
        for measurement in reference.measurements + gpu.measurements {
            #expect(
                measurement.nanoseconds.count >= ProfileRun.Options.leastRepetitions,
                "\(measurement.name)"
            )
        }
    }

    /// The tail behind “features” is left out: its one small product hides behind the call's cost.
    @Test func theReferenceTailsGrowWithTheBatch() {
        for (key, curve) in curves(reference) where key != "features" {
            #expect(curve.count > 2)
            for (small, large) in zip(curve, curve.dropFirst()) {
                #expect(large.batch > small.batch)
                #expect(large.median > small.median, "\(large.name)")
            }
        }
    }

    @Test(arguments: [
        "quickstart", "crowded-cell", "adaptive-policy", "reference-profile", "gpu-edge",
    ])
    func theReferenceCovers(scenario name: String) throws {
        let scenario = try load(name)
        #expect(scenario.profile == ProfileFixture.reference)
        let own = try scenario.edges.map { group throws(InvalidInput) in
            try group.profile.map { path throws(InvalidInput) in
                try ServiceProfile.load(path: path)
            }
        }
        _ = try ServiceTimes(profile: reference, edgeProfiles: own, scenario: scenario)
        guard case .network(let workload) = scenario.workload else {
            Issue.record("\(name) runs no network")
            return
        }
        let plan = try NetworkPlan(workload: workload, points: scenario.operatingPoints)
        try reference.check(network: plan.networkDigest, path: ProfileFixture.reference)
        try gpu.check(network: plan.networkDigest, path: ProfileFixture.gpu)
    }

    @Test func theGraphicsServerTakesLessTimeASampleTheLargerTheBatch() {
        #expect(gpu.estimate != nil)
        #expect(gpu.measurements.allSatisfy { $0.stage == .decode || $0.stage == .tail })
        let tails = curves(gpu)
        #expect(tails.map(\.key) == ["network", "stage1", "waist", "stage2", "features"])
        for (_, curve) in tails {
            #expect(curve.map(\.batch) == [1, 2, 4, 8, 16, 32, 64])
            for (small, large) in zip(curve, curve.dropFirst()) {
                #expect(large.median > small.median)
                #expect(
                    Double(large.median) / Double(large.batch)
                        < Double(small.median) / Double(small.batch)
                )
            }
        }
    }

    @Test func aGraphicsServerWithoutAProfileIsRefused() throws {
        let error = #expect(throws: ScenarioProblems.self) {
            try load("crowded-cell", "edges.edge.hardware=edge-server-gpu")
        }
        let text = "\(try #require(error))"
        #expect(text.contains("\"edge-server-gpu\" batches unlike the profile's host"))
        #expect(text.contains("add \"profile\": \"PATH\", measured on such hardware"))
    }

    /// The same sixteen requests, on eight cores and on the graphics server.
    @Test func theGraphicsServerServesALargeBatchSooner() throws {
        let scenario = try graphicsScenario()
        let point = try #require(scenario.operatingPoints.firstIndex { $0.name == "waist4" })
        let entry = NetworkEntries(points: scenario.operatingPoints).entryOfPoint[point]
        let tasks = (0..<16).map { index in
            EdgeTask(
                handle: 0,
                device: UInt32(index),
                sequence: 0,
                operatingPoint: UInt16(point),
                link: 0,
                payloadBytes: 0,
                sample: 0
            )
        }
        func service(_ own: ServiceProfile?, batch: Int, seed: UInt64) throws -> Int64 {
            let times = try ServiceTimes(
                profile: reference,
                edgeProfiles: [own],
                scenario: scenario
            )
            let moment = HostMoment(seed: seed, entity: 0, time: .start)
            var span = times.tail(
                edgeGroup: 0,
                entry: entry,
                first: tasks[0],
                batch: batch,
                busySlots: 1,
                at: moment
            )
            for index in 0..<batch {
                span += times.decode(
                    edgeGroup: 0,
                    tasks[index],
                    isFirst: index == 0,
                    at: moment
                )
            }
            return span.nanoseconds
        }
        for seed in 1...20 as ClosedRange<UInt64> {
            #expect(
                try service(gpu, batch: 16, seed: seed) < service(nil, batch: 16, seed: seed)
            )
        }
    }

    @Test func aScenarioWithAGraphicsServerRuns() throws {
        let scenario = try graphicsScenario("duration=2s", "devices.wasteful.count=1")
        let outcome = OutcomeTable.Outcome(payloadBytes: 200, prediction: 0, margin: 1)
        let outcomes = OutcomeTable(
            outcomes: scenario.operatingPoints.map { _ in [outcome] },
            labels: [0],
            classes: 10
        )
        let times = try ServiceTimes(
            profile: reference,
            edgeProfiles: [gpu],
            scenario: scenario
        )
        let end = try VirtualRun(
            scenario: scenario,
            outcomes: outcomes,
            serviceTimes: times,
            isQuiet: true
        ).execute(
            recorder: RunRecorder(layout: RunLayout(scenario), folder: nil),
            isInterrupted: { nil }
        )
        #expect(end.edges.reduce(0) { $0 + $1.requests } > 500)
    }

    // MARK: Helpers

    private func load(_ name: String, _ overrides: String...) throws -> Scenario {
        try ScenarioLoader.load(
            path: ProfileFixture.scenarios + name + ".json",
            overrides: overrides
        )
    }

    /// “crowded-cell” with its edge servers replaced.
    private func graphicsScenario(_ overrides: String...) throws -> Scenario {
        try ScenarioLoader.load(
            path: ProfileFixture.scenarios + "crowded-cell.json",
            overrides: [
                "edges.edge.hardware=edge-server-gpu", "edges.edge.profile=\(ProfileFixture.gpu)",
                "edges.edge.slots=1", "edges.edge.batch.max=16",
            ] + overrides
        )
    }

    /// Tails with one busy slot, by key, in the profile's order.
    private func curves(
        _ profile: ServiceProfile
    ) -> [(key: String, curve: [ServiceProfile.Measurement])] {
        let tails = profile.measurements.filter { $0.stage == .tail && $0.busySlots == 1 }
        return tails.filter { $0.batch == 1 }.map { first in
            (first.key, tails.filter { $0.key == first.key })
        }
    }
}
