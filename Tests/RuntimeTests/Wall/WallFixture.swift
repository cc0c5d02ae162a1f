import Cluster
import Foundation
import Inference
import Scenario
import TestSupport

@testable import Runtime

/// A small scenario with the shipped network, and its outcomes computed without any process.
struct WallFixture {
    let scenario: Scenario
    let workload: NetworkWorkload
    let plan: NetworkPlan
    let outcomes: OutcomeTable
    /// What the operating points with a unit name.
    private let bundle: BundleFile
    /// A request's payload at operating point `q8`, and what it is predicted to be.
    let payload: [UInt8]

    init() throws {
        let file = NSTemporaryDirectory() + "wall-\(UUID().uuidString).json"
        bundle = try BundleFile()
        try Data(Self.text(bundle: bundle.path).utf8).write(to: URL(fileURLWithPath: file))
        defer { unlink(file) }
        scenario = try ScenarioLoader.load(path: file)
        guard case .network(let workload) = scenario.workload else {
            preconditionFailure("the fixture runs a network")
        }
        self.workload = workload
        let engine = try InferenceEngine()
        var plan = try NetworkPlan(workload: workload, points: scenario.operatingPoints)
        let points = scenario.reachablePoints
        try plan.calibrate(points: points, engine: engine)
        let device = try DeviceExecutor(plan, engine: engine, points: points)
        let edge = try EdgeExecutor(plan, engine: engine, points: points, batchSizes: [1])
        let samples = try SampleSet(workload.dataset, input: workload.input)
        var table: [[OutcomeTable.Outcome]] = plan.points.map { _ in [] }
        var payload: [UInt8] = []
        for point in points {
            for sample in 0..<samples.count {
                let output = try device.run(point, pixels: samples.pixels(sample))
                var prediction = output.prediction
                if plan.points[point].isOffloaded {
                    let item = EdgeExecutor.Item(operatingPoint: point, payload: output.payload)
                    prediction = Prediction(logits: try edge.run([item]).results[0].get())
                }
                if plan.points[point].name == "q8", sample == 0 { payload = output.payload }
                table[point].append(
                    OutcomeTable.Outcome(
                        payloadBytes: UInt32(output.payload.count),
                        prediction: prediction?.label,
                        margin: prediction?.margin ?? 0
                    )
                )
            }
        }
        (self.plan, self.payload) = (plan, payload)
        outcomes = OutcomeTable(
            outcomes: table,
            labels: samples.labels ?? [],
            classes: plan.classes
        )
    }

    private static func text(bundle: String) -> String {
        """
        { "name": "wall", "seed": 3, "clock": "wall", "duration": "2s", "drain": "5s",
          "model": { "onnx": "\(PackageFolder.path)/Scenarios/models/fashion-resnet.onnx",
            "input": { "size": [28, 28], "color": "gray", "mean": 73, "scale": 90 } },
          "dataset": { "idx": { "images": "\(PackageFolder.path)/.datasets/fashion-mnist/t10k-images-idx3-ubyte",
            "labels": "\(PackageFolder.path)/.datasets/fashion-mnist/t10k-labels-idx1-ubyte" }, "limit": 20 },
          "calibration": { "idx": {
            "images": "\(PackageFolder.path)/.datasets/fashion-mnist/train-images-idx3-ubyte",
            "labels": "\(PackageFolder.path)/.datasets/fashion-mnist/train-labels-idx1-ubyte" }, "limit": 16 },
          "operatingPoints": { "float": { "split": "waist" }, "q8": { "split": "stage2", "bits": 8 },
            "local": { "local": {} }, "unit": { "unit": "\(bundle)", "levels": "all" },
            "budget": { "unit": "\(bundle)", "bytes": 150 } },
          "profile": "\(PackageFolder.path)/Scenarios/profiles/reference.json",
          "links": {
            "own": { "uplink": { "rate": "5Mbit/s", "delay": "5ms", "loss": 0.02 },
              "downlink": { "rate": "5Mbit/s", "delay": "5ms" } },
            "shared": { "shared": true, "uplink": { "rate": "2Mbit/s", "delay": "5ms" },
              "downlink": { "rate": "2Mbit/s", "delay": "5ms" } } },
          "devices": [
            { "name": "a", "count": 3, "hardware": "raspberry-pi-4", "link": "own",
              "arrivals": { "poisson": { "rate": "5/s" } }, "policy": "float" },
            { "name": "b", "count": 3, "hardware": "raspberry-pi-4", "link": "shared",
              "arrivals": { "poisson": { "rate": "5/s" } }, "policy": "q8" },
            { "name": "c", "hardware": "raspberry-pi-4",
              "arrivals": { "closed": { "think": { "constant": "100ms" } } }, "policy": "local" },
            { "name": "d", "count": 2, "hardware": "raspberry-pi-4", "link": "own", "deadline": "1s",
              "arrivals": { "poisson": { "rate": "5/s" } }, "policy": { "deadline": ["unit"] } },
            { "name": "e", "count": 2, "hardware": "raspberry-pi-4", "link": "own",
              "arrivals": { "poisson": { "rate": "5/s" } }, "policy": "budget" } ],
          "edges": [ { "name": "edge", "count": 2, "hardware": "raspberry-pi-4", "slots": 1,
            "batch": { "max": 3, "wait": "10ms" } } ] }
        """
    }
}
