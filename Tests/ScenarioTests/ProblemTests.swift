import Foundation
import TestSupport
import Testing

@testable import Scenario

/// Bad input of every kind, and exactly what is said about it.
///
/// `Fixtures/problems.txt` holds the cases: a title, the fixture it starts from, text that is replaced
/// (`-` by `+`), and the problems. `SIMCOORD_RECORD=1` writes the problems anew, to be read before they
/// are committed.
@Suite struct ProblemTests {
    struct Case {
        var title = ""
        var fixture = "valid"
        var edits: [(old: String, new: String)] = []
        var problems: [String] = []

        var text: String {
            let change = edits.map { "- \($0.old)\n+ \($0.new)\n" }.joined()
            let list = problems.map { "\($0)\n" }.joined()
            return "# \(title)\n@ \(fixture)\n\(change)\(list)"
        }
    }

    private static var file: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/problems.txt")
    }

    private static func cases() throws -> [Case] {
        var cases: [Case] = []
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("# ") { cases.append(Case(title: String(line.dropFirst(2)))) }
            guard var last = cases.popLast() else { continue }
            let rest = String(line.dropFirst(2))
            switch line.first {
            case "#": break
            case "@": last.fixture = rest
            case "-": last.edits.append((rest, ""))
            case "+": last.edits[last.edits.count - 1].new = rest
            default: last.problems.append(String(line))
            }
            cases.append(last)
        }
        return cases
    }

    private static func folder() throws -> ScenarioFolder {
        let folder = try ScenarioFolder()
        try folder.write([], "empty.trace")
        try folder.write(Array("5\n3\n".utf8), "falling.trace")
        try folder.write(ScenarioFolder.idx([300, 4, 4], missing: 1), "truncated.idx")
        try folder.write(ScenarioFolder.idx([300, 4, 4]) + [1], "longer.idx")
        try folder.write(Array(ScenarioFolder.idx([300, 4, 4]).prefix(9)), "header.idx")
        try folder.write(ScenarioFolder.idx([299]), "labels299.idx")
        try folder.write(ScenarioFolder.idx([300, 5, 4]), "taller.idx")
        try folder.write([0x1f, 0x8b, 8, 0], "images.gz")
        try folder.write([1, 2], "short.idx")
        let bundle = ScenarioFolder.bundle(tensor: "t", levels: 2, hash: 1)
        try folder.write(Array(bundle.dropLast()), "short.bottleneck")
        try folder.write(
            ScenarioFolder.bundle(tensor: "t", levels: 2, hash: 1, version: 2),
            "later.bottleneck"
        )
        try folder.write(
            ScenarioFolder.bundle(tensor: "t\"", levels: 2, hash: 1),
            "damaged.bottleneck"
        )
        try folder.write(Array("file,label\n".utf8), "columns.csv")
        try folder.write(Array("file,class_index\n0.jpg,1\n".utf8), "short.csv")
        try folder.write(Array("file,class_index\ncat.jpg,1\n".utf8), "other.csv")
        try folder.write(Array("file,class_index\n0.jpg,cat\n".utf8), "words.csv")
        try FileManager.default.createDirectory(
            atPath: folder.path + "/empty",
            withIntermediateDirectories: true
        )
        return folder
    }

    @Test func everyProblemReadsAsExpected() throws {
        let folder = try Self.folder()
        var recorded: [String] = []
        for var item in try Self.cases() {
            var text = try ScenarioFolder.fixture(item.fixture)
            for (old, new) in item.edits {
                #expect(text.components(separatedBy: old).count == 2, "\(item.title): \(old)")
                text = text.replacingOccurrences(of: old, with: new)
            }
            let actual = folder.problems(text)
            #expect(actual == item.problems, "\(item.title)")
            item.problems = actual
            recorded.append(item.text)
        }
        #expect(recorded.count > 60)
        if ProcessInfo.processInfo.environment["SIMCOORD_RECORD"] == "1" {
            try recorded.joined(separator: "\n").write(
                to: Self.file,
                atomically: true,
                encoding: .utf8
            )
        }
    }

    /// Group after group of the synthetic scenario's.
    private func manyGroups(_ count: Int, devices: Int) throws -> String {
        let group =
            #"{ "name": "clients", "link": "wired", "arrivals": { "poisson": { "rate": "2/s" } } }"#
        let groups = (0..<count).map {
            group.replacingOccurrences(
                of: #""clients","#,
                with: #""g\#($0)", "count": \#($0 == 0 ? devices : 1),"#
            )
        }
        let text = try ScenarioFolder.fixture("synthetic")
        #expect(text.contains(group))
        return text.replacingOccurrences(of: group, with: groups.joined(separator: ", "))
    }

    /// 257 groups have 2^23 random streams each.
    @Test func groupsHaveRoomForTheirStreams() throws {
        let folder = try ScenarioFolder()
        #expect(try folder.problems(manyGroups(257, devices: 1 << 23)) == [])
        #expect(
            try folder.problems(manyGroups(257, devices: (1 << 23) + 1)) == [
                "s.json:7:14: devices: a group of 8388609 devices is too large for one of 257 "
                    + "groups; write at most 8388608, or fewer groups"
            ]
        )
        #expect(
            try folder.problems(manyGroups(10_001, devices: 1)) == [
                "s.json:7:14: devices: 10001 device groups are too many; write at most 10000"
            ]
        )
    }

    @Test func thereAreNotMoreLinksThanCanBeNumbered() throws {
        let folder = try ScenarioFolder()
        let one = try ScenarioFolder.fixture("synthetic")
        func links(_ count: Int) -> String {
            let direction = #"{ "rate": "1Mbit/s" }"#
            let link = #"{ "uplink": \#(direction), "downlink": \#(direction) }"#
            let more = (1..<count).map { #""l\#($0)": \#(link), "# }.joined()
            return one.replacingOccurrences(of: #""links": {"#, with: #""links": { \#(more)"#)
        }
        #expect(folder.problems(links(10_000)) == [])
        let problems = folder.problems(links(10_001))
        #expect(problems.count == 1)
        #expect(problems[0].hasSuffix("links: 10001 links are too many; write at most 10000"))
    }

    @Test func oneLineAProblem() throws {
        let folder = try ScenarioFolder()
        #expect {
            try folder.load("{ \"duration\": 5, \"model\": {}, \"devices\": 1 }")
        } throws: { error in
            "\(error)".split(separator: "\n").count == (error as? ScenarioProblems)?.problems.count
        }
    }

    /// Whatever is done to a scenario's bytes, it loads or is refused with a place and a remedy.
    @Test func mutatedBytesNeverCrash() throws {
        let folder = try ScenarioFolder()
        let valid = try ["valid", "synthetic"].map { Array(try ScenarioFolder.fixture($0).utf8) }
        var generator = SeededGenerator(seed: 5)
        for round in 0..<1_500 {
            var bytes = valid[round % 2]
            if round % 5 == 0 { bytes.removeSubrange(generator.next(bytes.count)...) }
            for _ in 0..<(bytes.isEmpty ? 0 : generator.next(4)) {
                let place = generator.next(bytes.count)
                switch generator.next(3) {
                case 0: bytes[place] = UInt8(generator.next(256))
                case 1: bytes.remove(at: place)
                default: bytes.insert(Array("{}[]\",:-0".utf8)[generator.next(9)], at: place)
                }
                if bytes.isEmpty { break }
            }
            do {
                _ = try ScenarioLoader.load(bytes, file: "s.json", base: folder.path, overrides: [])
            } catch {
                #expect(!error.problems.isEmpty)
                #expect(error.problems.allSatisfy { !$0.problem.isEmpty && !$0.remedy.isEmpty })
            }
        }
    }

    /// Each value of a scenario replaced by one of another type.
    @Test func replacedValuesNeverCrash() throws {
        let folder = try ScenarioFolder()
        let text = try ScenarioFolder.fixture("valid")
        let strange: [JSONValue] = [
            .null, .boolean(true), .number("-1"), .number("1e308"), .number("99999999999999999999"),
            .string(""), .string("\u{0}"), .array([]), .object([]),
        ]
        var count = 0
        func visit(_ node: JSONNode, _ rebuild: (JSONNode) -> JSONNode) {
            for value in strange {
                count += 1
                let document = rebuild(JSONNode(location: node.location, value: value)).value.text()
                do {
                    _ = try folder.load(document)
                } catch {
                    #expect(!error.problems.isEmpty, "\(value.text()) at \(node.location)")
                }
            }
            switch node.value {
            case .array(let nodes):
                for index in nodes.indices {
                    visit(nodes[index]) { new in
                        var nodes = nodes
                        nodes[index] = new
                        return rebuild(JSONNode(location: node.location, value: .array(nodes)))
                    }
                }
            case .object(let members):
                for index in members.indices {
                    visit(members[index].node) { new in
                        var members = members
                        members[index].node = new
                        return rebuild(JSONNode(location: node.location, value: .object(members)))
                    }
                }
            default: break
            }
        }
        visit(try JSONParser.parse(text)) { $0 }
        #expect(count > 900)
    }
}
