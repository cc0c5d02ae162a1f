import Cluster
import Foundation
import Messaging
import Results
import Scenario
import TestSupport
import Testing

@testable import Runtime

@Suite(
    .serialized,
    .enabled(if: PackageFolder.hasImages, "Fashion-MNIST is not unpacked; run Tools/bootstrap")
)
struct WallRunTests {
    /// Every request is executed and yields, request by request, what the executors yield alone.
    @Test func requestsYieldWhatTheOutcomeTableSays() throws {
        let fixture = try WallFixture()
        let recorder = try RunRecorder(layout: RunLayout(fixture.scenario), folder: nil)
        let run = try WallRun(
            scenario: fixture.scenario,
            plan: fixture.plan,
            outcomes: fixture.outcomes,
            workers: 2,
            isQuiet: true,
            executable: Fixture.executable
        )
        let result = try run.execute(recorder: recorder, handlesSignals: false)
        #expect(result.disagreements.isEmpty)
        let summary = try recorder.finish(
            RunClosing(edges: result.edges, expectations: [], host: .current(engine: nil))
        )
        #expect(summary.traffic.requests.completed == summary.traffic.requests.issued)
        #expect(summary.traffic.requests.issued > 30)
        #expect(result.edges.reduce(0) { $0 + $1.requests } > 20)
        #expect(summary.validity.reasons.isEmpty)
    }

    @Test func hardwareThatCannotBeExecutedIsRefused() throws {
        var scenario = try WallFixture().scenario
        scenario.devices[0].hardware.factors.inference = 0.25
        #expect(try WallRun.dilation(for: scenario) == 4)
        #expect(throws: InvalidInput.self) { try WallRun.dilation(for: scenario, wanted: 2) }
        scenario.edges[0].hardware.needsOwnProfile = true
        let error = #expect(throws: InvalidInput.self) { try WallRun.dilation(for: scenario) }
        #expect(try #require(error).description.contains("“edge”"))
    }

    /// More than a gigabyte of 28 × 28 pixels.
    @Test func aFolderThatCannotBeKeptDecodedIsRefused() throws {
        var scenario = try WallFixture().scenario
        guard case .network(var workload) = scenario.workload else { return }
        workload.dataset.files = .folder(images: "photos", labels: nil)
        workload.dataset.count = (1 << 30) / 784
        scenario.workload = .network(workload)
        #expect(try WallRun.dilation(for: scenario) == 1)
        workload.dataset.count += 1
        scenario.workload = .network(workload)
        let error = #expect(throws: InvalidInput.self) { try WallRun.dilation(for: scenario) }
        #expect(try #require(error).description.contains("write a smaller dataset.limit"))
    }

    /// Another language's ZeroMQ and protobuf join as a device and get the right prediction.
    @Test(.enabled(if: ThirdParty.python != nil, "no Python with pyzmq and protobuf"))
    func aDeviceOutsideSimcoordIsServed() throws {
        let fixture = try WallFixture()
        let run = try WallRun(
            scenario: fixture.scenario,
            plan: fixture.plan,
            outcomes: fixture.outcomes,
            workers: 1,
            isQuiet: true
        )
        let pool = try Fixture.pool(WorkerLimits())
        var configuration = try run.configuration(isOpen: true)
        _ = try run.launchEdge(pool, &configuration)
        var start = WireStart()
        start.epochNs = pool.loop.now
        try pool.broadcast(.start(start))
        let endpoint = configuration.endpoints["devices"] ?? ""
        let point = try #require(fixture.scenario.operatingPoints.firstIndex { $0.name == "q8" })
        let expected = try #require(
            fixture.outcomes.outcome(operatingPoint: point, sample: 0).prediction
        )
        let served = try ThirdParty.send(fixture.payload, to: endpoint, point: "q8")
        #expect(served.status == 0)
        #expect(served.output == "\(expected) 10\n")
        let damaged = try ThirdParty.send(
            Array(fixture.payload.dropLast()),
            to: endpoint,
            point: "q8"
        )
        #expect(damaged.status == 1)
        try pool.shutdown()
    }
}
