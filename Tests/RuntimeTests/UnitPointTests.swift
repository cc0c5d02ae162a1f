import Bottleneck
import BottleneckTestSupport
import Cluster
import Foundation
import Inference
import Scenario
import TestSupport
import Testing

@testable import Runtime

@Suite(.enabled(if: PackageFolder.hasImages, "Fashion-MNIST is not unpacked; run Tools/bootstrap"))
struct UnitPointTests {
    private let fixture: WallFixture
    private let units: [Int]

    init() throws {
        let fixture = try WallFixture()
        self.fixture = fixture
        units = fixture.plan.points.indices.filter { fixture.plan.points[$0].hasUnit }
    }

    @Test func `all rates of a bundle share head and tail`() throws {
        let points = fixture.plan.points
        #expect(units.count == 6)
        #expect(Set(units.map { points[$0].headKey }).count == 1)
        #expect(Set(units.map { fixture.plan.entries.entryOfPoint[$0] }).count == 1)
        #expect(Set(units.map { points[$0].codecKey }).count == units.count)
        #expect(fixture.plan.units.count == 1)
    }

    /// A batch of different rates yields what its requests yield alone.
    @Test func `a batch mixes rates`() throws {
        let engine = try InferenceEngine()
        let device = try DeviceExecutor(fixture.plan, engine: engine, points: units)
        let edge = try EdgeExecutor(
            fixture.plan,
            engine: engine,
            points: units,
            batchSizes: [1, units.count]
        )
        let samples = try SampleSet(fixture.workload.dataset, input: fixture.workload.input)
        let items = try units.map { point in
            EdgeExecutor.Item(
                operatingPoint: point,
                payload: try device.run(point, pixels: samples.pixels(point % 20)).payload
            )
        }
        let together = try edge.run(items).results
        for (item, result) in zip(items, together) {
            let alone = try #require(try edge.run([item]).results.first).get()
            let logits = try result.get()
            #expect(zip(alone, logits).allSatisfy { abs($0 - $1) < 1e-3 })
            #expect(Prediction(logits: alone).label == Prediction(logits: logits).label)
        }
        var broken = items
        broken[1].payload[3] ^= 1
        let results = try edge.run(broken).results
        #expect(throws: PayloadError.self) { try results[1].get() }
        #expect(try results[0].get() == together[0].get())
    }

    /// The identity unit's finest level predicts as the uncut tensor does, and a finer level never sends less.
    @Test func `outcomes follow the rate`() throws {
        let outcomes = fixture.outcomes.outcomes
        let points = fixture.plan.points
        let levels = try (0..<5).map { level in
            try #require(points.firstIndex { $0.name == "unit@\(level)" })
        }
        let budget = try #require(points.firstIndex { $0.name == "budget" })
        let float = try #require(points.firstIndex { $0.name == "float" })
        let reached = levels.filter { !outcomes[$0].isEmpty }
        #expect(reached.count == 5)
        for sample in 0..<20 {
            let sizes = reached.map { outcomes[$0][sample].payloadBytes }
            #expect(zip(sizes, sizes.dropFirst()).allSatisfy { $0 <= $1 })
            #expect(outcomes[budget][sample].payloadBytes <= 150)
        }
        let finest = zip(outcomes[levels[4]], outcomes[float]).count {
            $0.prediction == $1.prediction
        }
        #expect(finest >= 19)
    }

    @Test func `outcomes are kept under the bundle's hash`() throws {
        let samples = try SampleSet(fixture.workload.dataset, input: fixture.workload.input)
        let keys = try OutcomeKeys(plan: fixture.plan, engine: "e", samples: samples)
        var point = fixture.plan.points[units[0]]
        let key = keys.key(of: point)
        guard case .unit(var unit, let rate) = point.kind else {
            Issue.record("\(point.name) has no unit")
            return
        }
        unit.path = "/elsewhere/the same.bottleneck"
        point.kind = .unit(unit, rate)
        #expect(keys.key(of: point) == key)
        unit.digest = String(unit.digest.prefix(63)) + "x"
        point.kind = .unit(unit, rate)
        #expect(keys.key(of: point) != key)
    }

    @Test func `a bundle that cannot be used is refused`() throws {
        let workload = fixture.workload
        let network = [UInt8](try Data(contentsOf: URL(filePath: workload.onnx)))
        func refusal(_ bundle: BottleneckBundle) throws -> String {
            let path = NSTemporaryDirectory() + "refused-\(UUID().uuidString).bottleneck"
            try bundle.write(to: URL(filePath: path))
            defer { unlink(path) }
            let digest = BottleneckBundle.digest(of: try bundle.serialized())
            let reference = UnitReference(
                path: path,
                digest: digest,
                tensor: bundle.tensor,
                levels: bundle.unit.levels.count
            )
            let point = OperatingPoint(name: "u", kind: .unit(reference, .level(0)))
            let error = #expect(throws: InvalidInput.self) {
                try NetworkPlan(workload: workload, points: [point])
            }
            return error?.description ?? ""
        }
        let good = try WaistUnit.bundle(networkBytes: network)
        #expect(try refusal(WaistUnit.bundle(networkBytes: [1])).contains("the bundle is for"))
        #expect(
            try refusal(WaistUnit.bundle(networkBytes: network, tensor: "hips")).contains("'hips'")
        )
        var other = good
        other.unit.encoder = []
        #expect(try refusal(other).contains("encoder"))
    }
}
