import Cluster
import Foundation
import Results
import Scenario
import SimulationCore

@testable import Runtime

/// Virtual runs of synthetic work, in this process.
enum VirtualFixture {
    /// Devices that compute for 10 ms, two edge groups, and whatever `members` say.
    static func scenario(
        _ members: String = "",
        devices: String = #""arrivals": { "poisson": { "rate": "20/s" } }"#,
        edge: String = #"{ "exponential": { "mean": "30ms" } }"#
    ) throws -> Scenario {
        let text = """
            { "name": "virtual", "seed": 5, \(members)
              "model": { "synthetic": { "payload": "1kB", "result": "100B",
                "device": { "exponential": { "mean": "10ms" } }, "edge": \(edge) } },
              "links": { "own": { "uplink": { "rate": "10Mbit/s" },
                "downlink": { "rate": "10Mbit/s" } } },
              "devices": [ { "name": "devices", "count": 2, "link": "own", \(devices) } ],
              "edges": [ { "name": "near", "slots": 2, "batch": { "max": 3, "wait": "5ms" } },
                { "name": "far" } ] }
            """
        return try withFolder { path in
            let file = URL(fileURLWithPath: path + "/scenario.json")
            try Data(text.utf8).write(to: file)
            return try ScenarioLoader.load(path: file.path)
        }
    }

    /// A run, with service times of its own or another run's.
    static func run(
        _ scenario: Scenario,
        edge: DurationDistribution? = nil,
        recorded: RecordedTimes? = nil,
        clock: Scenario.Clock = .virtual,
        folder: String? = nil
    ) throws -> (end: VirtualRun.End, summary: Summary) {
        guard case .synthetic(var work) = scenario.workload else {
            preconditionFailure("the fixture's work is synthetic")
        }
        if let edge { (work.edge, work.device) = (edge, edge) }
        let run = VirtualRun(
            scenario: scenario,
            outcomes: OutcomeTable(syntheticPayloadBytes: work.payloadBytes),
            serviceTimes: ServiceTimes(synthetic: work, scenario: scenario),
            recordedTimes: recorded,
            isQuiet: true
        )
        var layout = RunLayout(scenario)
        layout.clock = clock
        let output = try folder.map { try OutputFolder.create(at: $0) }
        let recorder = try RunRecorder(layout: layout, folder: output)
        let end = try run.execute(recorder: recorder) { nil }
        let summary = try recorder.finish(
            RunClosing(
                edges: end.edges,
                expectations: [],
                host: HostDescription(processor: "", cores: 1, system: "", swift: ""),
                stopped: end.stopped
            )
        )
        if let output { try output.write(summary.json, to: .summary) }
        return (end, summary)
    }

    /// Runs `body` with a folder of its own, which is removed afterwards.
    static func withFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
        let path = NSTemporaryDirectory() + "virtual-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }
}
