import Foundation
import Testing

@testable import Scenario

/// A temporary folder with the files that the fixtures name.
final class ScenarioFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("simcoord-scenario-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
        try write([0x08], "net.onnx")
        try write(Array("{}".utf8), "profile.json")
        try write(Self.bundle(tensor: "features", levels: 3, hash: 7), "net.bottleneck")
        try write(Self.bundle(tensor: "late", levels: 2, hash: 9), "other.bottleneck")
        try write(Self.idx([300, 4, 4]), "images.idx")
        try write(Self.idx([300]), "labels.idx")
        try write(Self.idx([300, 4, 4, 3]), "colours.idx")
        try write(Array("0.5\n1\n4\n".utf8), "arrivals.txt")
        try write(Array("3 0 2\n".utf8), "counts.txt")
        try write(Array("0 20\n1 30\n2 25\n".utf8), "delays.txt")
        try write(Array("t,r\n0,500\n1,250\n3,800\n".utf8), "rates.csv")
        let period = #"{"duration_ms": 1000, "bandwidth_kbps": 900, "latency_ms": 70}"#
        try write(Array("[\(period), \(period)]".utf8), "rates.json")
        try FileManager.default.createDirectory(
            atPath: path + "/photos",
            withIntermediateDirectories: true
        )
        for index in 0..<10 { try write([], "photos/\(index).jpg") }
        let classes = (0..<10).map { "\($0).jpg,\(9 - $0)\n" }.joined()
        try write(Array("file,class_index\n\(classes)".utf8), "photos.csv")
        try write(Array((1...100).map { "\($0)\n" }.joined().utf8), "up.trace")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    /// An IDX file of bytes with the given dimensions.
    static func idx(_ dimensions: [Int], missing: Int = 0) -> [UInt8] {
        let header = dimensions.flatMap { size in
            [
                UInt8(size >> 24 & 255), UInt8(size >> 16 & 255), UInt8(size >> 8 & 255),
                UInt8(size & 255),
            ]
        }
        let body = [UInt8](repeating: 7, count: dimensions.reduce(1, *) - missing)
        return [0, 0, 8, UInt8(dimensions.count)] + header + body
    }

    /// What a scenario reads of a bottleneck bundle: its description, and the hash at the end.
    static func bundle(tensor: String, levels: Int, hash: UInt8, version: UInt8 = 1) -> [UInt8] {
        let list = (0..<levels).map { "{ \"name\": \"\($0)\" }" }.joined(separator: ", ")
        let text = Array("{ \"levels\": [\(list)], \"tensor\": \"\(tensor)\" }".utf8)
        func number(_ value: Int, _ count: Int) -> [UInt8] {
            (0..<count).map { UInt8(value >> (8 * $0) & 255) }
        }
        let sections = Array("JSON".utf8) + number(text.count, 8) + text
        return [0x89, 0x53, 0x43, 0x55, 0x0D, 0x0A, 0x1A, 0x0A, version, 0, 0, 0]
            + number(20 + sections.count + 32, 8) + sections
            + [UInt8](repeating: hash, count: 32)
    }

    static func fixture(_ name: String) throws -> String {
        let url = try #require(
            Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures")
        )
        return try String(contentsOf: url, encoding: .utf8)
    }

    func load(_ text: String, _ overrides: [String] = []) throws(ScenarioProblems) -> Scenario {
        try ScenarioLoader.load(
            Array(text.utf8),
            file: "s.json",
            base: path,
            overrides: overrides
        )
    }

    /// The lines of problems of `text`, this folder's path shown as `DIR`; empty when it is valid.
    func problems(_ text: String, _ overrides: [String] = []) -> [String] {
        do {
            _ = try load(text, overrides)
            return []
        } catch {
            return error.problems.map {
                $0.description.replacingOccurrences(of: path, with: "DIR")
            }
        }
    }
}
