import Cluster
import Foundation
import Results
@testable import Scenario
import SimulationCore
import TestSupport

/// Two groups, five devices, two operating points, two replicas.
let smallLayout = RunLayout(
    name: "small",
    seed: 7,
    clock: .virtual,
    duration: .seconds(10),
    deviceGroups: [
        .init(name: "cameras", count: 3, deadline: .milliseconds(60)),
        .init(name: "phones", count: 2),
    ],
    operatingPoints: ["local", "split"],
    replicas: ["edge/0", "edge/1"],
    accuracyReference: .labels
)

let smallHost = HostDescription(processor: "Test CPU", cores: 2, system: "Test", swift: "6.3")

let smallEdges = ["edge/0", "edge/1"].map {
    EdgeStatistics(
        name: $0,
        slots: 2,
        observed: .seconds(10),
        busySlotNanoseconds: 5_000_000_000,
        batches: 10,
        requests: 25,
        queueNanoseconds: 15_000_000_000,
        joules: 2
    )
}

/// A request with every field set; stages of 1, 2, … 9 ms.
func fullRecord(device: UInt32, sequence: UInt32, issued: Int64 = 1_000_000) -> RequestRecord {
    var time = SimulationTime(nanoseconds: issued)
    var record = RequestRecord(device: device, sequence: sequence, issued: time)
    func next(_ milliseconds: Int64) -> SimulationTime {
        time = time + .milliseconds(milliseconds)
        return time
    }
    record.sample = device * 100 + sequence
    record.operatingPoint = 1
    record.replica = UInt16(sequence % 2)
    record.state = .completed
    record.headStart = next(1)
    record.headEnd = next(2)
    record.encodeEnd = next(3)
    record.uplinkStart = next(4)
    record.uplinkEnd = next(5)
    record.arrived = next(6)
    record.serviceStart = next(7)
    record.serviceEnd = next(8)
    record.completed = next(9)
    record.payloadBytes = 1000 + sequence
    record.batchSize = 3
    record.prediction = Int32(sequence % 10)
    record.isCorrect = sequence % 4 != 0
    record.energyNanojoules = 1_500_000
    return record
}

/// Requests of all kinds on every device of `smallLayout`, drawn from a fixed sequence.
func variedRecords(perDevice: Int = 40, seed: UInt64 = 1) -> [RequestRecord] {
    var generator = SeededGenerator(seed: seed)
    var records: [RequestRecord] = []
    for device in 0..<UInt32(smallLayout.deviceCount) {
        for sequence in 0..<UInt32(perDevice) {
            records.append(variedRecord(device: device, sequence: sequence, using: &generator))
        }
    }
    return records
}

private func variedRecord(
    device: UInt32,
    sequence: UInt32,
    using generator: inout SeededGenerator
) -> RequestRecord {
    var record = fullRecord(device: device, sequence: sequence)
    var time = record.issued
    func next() -> SimulationTime {
        time = time + .microseconds(Int64.random(in: 0...20_000, using: &generator))
        return time
    }
    record.state = RequestState.allCases.randomElement(using: &generator) ?? .completed
    if Bool.random(using: &generator) { record.state = .completed }
    record.headStart = next()
    record.headEnd = next()
    record.operatingPoint = UInt16.random(in: 0...1, using: &generator)
    let isLocal = record.operatingPoint == 0
    record.encodeEnd = isLocal ? .absent : next()
    record.uplinkStart = isLocal ? .absent : next()
    record.uplinkEnd = isLocal ? .absent : next()
    record.arrived = isLocal ? .absent : next()
    record.serviceStart = isLocal ? .absent : next()
    record.serviceEnd = isLocal ? .absent : next()
    record.payloadBytes = isLocal ? 0 : UInt32.random(in: 100...5000, using: &generator)
    record.completed = record.state != .completed ? .absent : isLocal ? record.headEnd : next()
    if record.state != .completed { record.isCorrect = nil }
    return record
}

/// Runs `body` with a folder of its own, which is removed afterwards.
func withTemporaryFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let path = NSTemporaryDirectory() + "/simcoord-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
}

/// Records `records` and closes the run.
@discardableResult
func summarize(
    _ records: [RequestRecord],
    layout: RunLayout = smallLayout,
    expectations: [Expectation] = [],
    folder: OutputFolder? = nil,
    selection: RecordSelection = .all,
    profile: ProfileDescription? = nil
) throws -> Summary {
    let recorder = try RunRecorder(
        layout: layout,
        folder: folder,
        selection: selection,
        definition: "{}"
    )
    for record in records { try recorder.record(record) }
    let summary = try recorder.finish(
        RunClosing(
            edges: smallEdges.filter { layout.replicas.contains($0.name) },
            expectations: expectations,
            host: smallHost,
            profile: profile
        )
    )
    if let folder { try folder.write(summary.json, to: .summary) }
    return summary
}

/// The scenario's type, whose name Swift Testing has too.
typealias StatedExpectation = Expectation

/// A text file beside these tests.
func fixture(_ name: String) throws -> String {
    let folder = Bundle.module.bundlePath + "/Fixtures/"
    return try String(contentsOfFile: folder + name, encoding: .utf8)
}
