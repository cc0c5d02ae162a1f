import Foundation
import GRDB
import Inference
import Runtime
import Scenario
import Testing

extension EndToEndTests {
    /// What the record says of requests is what the network really does.
    @Suite struct OutcomeTruthTests {
        private let workspace: Workspace
        private let scenario: Scenario
        private let plan: NetworkPlan
        private let engine: InferenceEngine
        private let samples: SampleSet

        private static let points = [
            "local": #"{ "local": {} }"#, "raw": #"{ "raw": {} }"#, "png": #"{ "png": {} }"#,
            "jpeg": #"{ "jpeg": 75 }"#, "webp": #"{ "webp": 75 }"#,
            "float": #"{ "split": "waist" }"#,
            "eight": #"{ "split": "waist", "bits": 8 }"#,
            "six": #"{ "split": "waist", "bits": 6 }"#,
            "four": #"{ "split": "waist", "bits": 4 }"#,
        ]

        /// The quickstart with every kind of operating point, and a device for each.
        private static var settings: [String] {
            let names = points.keys.sorted()
            let links =
                #"{ "fast": { "uplink": { "rate": "1Gbit/s" }, "downlink": { "rate": "1Gbit/s" } } }"#
            let definitions = names.map { "\"\($0)\": \(points[$0] ?? "")" }
            let devices = names.map {
                #"{ "name": "\#($0)", "hardware": "raspberry-pi-4", "link": "fast", "policy": "\#($0)", "#
                    + #""arrivals": { "periodic": { "period": "100ms" } } }"#
            }
            return [
                "duration=3s", "dataset.limit=12", "expect={}", "links=\(links)",
                "operatingPoints={ \(definitions.joined(separator: ", ")) }",
                "devices=[ \(devices.joined(separator: ", ")) ]",
            ]
        }

        init() throws {
            workspace = try Workspace()
            scenario = try ScenarioLoader.load(
                path: Repository.quickstart,
                overrides: Self.settings
            )
            engine = try InferenceEngine()
            guard case .network(let workload) = scenario.workload else {
                preconditionFailure("the quickstart has a network")
            }
            samples = try SampleSet(workload.dataset, input: workload.input)
            var plan = try NetworkPlan(workload: workload, points: scenario.operatingPoints)
            try plan.calibrate(points: Array(plan.points.indices), engine: engine)
            self.plan = plan
        }

        @Test func `payloads and predictions are those of direct execution`() throws {
            // The reference profile has no WebP; durations do not matter here.
            let profile = try workspace.write(
                ProfileEditor.copying(key: "jpeg 75", to: "webp 75"),
                to: "profile.json"
            )
            let finished = try workspace.start(
                Repository.quickstart,
                ["--quiet", "--workers", "2", "--set", "profile=\(profile)"]
                    + Self.settings.flatMap { ["--set", $0] }
            ).wait()
            try #require(finished.end == .code(0), "\(finished.errors)")
            let all = Array(plan.points.indices)
            let device = try DeviceExecutor(plan, engine: engine, points: all)
            let edge = try EdgeExecutor(plan, engine: engine, points: all, batchSizes: [1])
            let local = try #require(plan.points.firstIndex { $0.name == "local" })
            let rows = try RunRecord(workspace).rows(
                "SELECT DISTINCT operatingPoint, sample, payloadBytes, prediction, correct FROM requests"
            )
            #expect(rows.count > Self.points.count * samples.count / 2)
            #expect(Set(rows.map { $0["operatingPoint"] as String }) == Set(Self.points.keys))
            for row in rows {
                let name: String = row["operatingPoint"]
                let sample: Int = row["sample"]
                let point = try #require(plan.points.firstIndex { $0.name == name })
                let sent = try device.run(point, pixels: samples.pixels(sample))
                #expect(row["payloadBytes"] == sent.payload.count)
                let prediction = try sent.prediction?.label ?? answer(edge, point, sent.payload)
                #expect(row["prediction"] == prediction, "\(name), sample \(sample)")
                #expect(row["correct"] == (prediction == samples.labels?[sample]))
                if ["raw", "png", "float"].contains(name) {
                    let uncut = try device.run(local, pixels: samples.pixels(sample)).prediction
                    #expect(prediction == uncut?.label, "\(name), sample \(sample)")
                }
            }
        }

        private func answer(_ edge: EdgeExecutor, _ point: Int, _ payload: [UInt8]) throws -> Int32
        {
            let item = EdgeExecutor.Item(operatingPoint: point, payload: payload)
            let logits = try #require(try edge.run([item]).results.first).get()
            return Prediction(logits: logits).label
        }
    }
}
