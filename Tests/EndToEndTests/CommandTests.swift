import Foundation
import Testing

extension EndToEndTests {
    @Suite struct CommandTests {
        private let workspace: Workspace

        init() throws { workspace = try Workspace() }

        private func simulate(
            _ out: String,
            _ scenario: String,
            _ more: String...
        ) throws -> Finished {
            try workspace.start(scenario, out: out, more).wait()
        }

        @Test func `a run agrees with itself and is not compared with another scenario's`() throws {
            for name in Repository.scenarios.prefix(2) {
                _ = try simulate(name, Repository.scenario(name), "--set", "duration=2s", "--quiet")
            }
            let names = Repository.scenarios
            let same = try workspace.run("compare", names[0], names[0])
            #expect(same.end == .code(0))
            #expect(same.errors.isEmpty)
            let json = try workspace.run("compare", names[0], names[0], "--json").output
            let rows = try JSONDecoder().decode(Comparison.self, from: Data(json.utf8)).rows
            #expect(!rows.isEmpty)
            #expect(rows.allSatisfy { $0.first == $0.second })
            let other = try workspace.run("compare", names[0], names[1])
            #expect(other.end == .code(2))
            #expect(other.errors.contains("different scenarios"))
            #expect(try workspace.run("compare", names[0], "nowhere").end == .code(2))
        }

        private struct Comparison: Decodable {
            struct Row: Decodable {
                var first: Double?
                var second: Double?
            }
            var rows: [Row]
        }

        @Test(arguments: Repository.scenarios)
        func `what explain prints is the same scenario`(_ name: String) throws {
            let shorter = ["--set", "duration=4s"]
            let explained = try Execution(
                ["explain", Repository.scenario(name)] + shorter,
                in: workspace
            ).wait()
            #expect(explained.end == .code(0))
            let path = try workspace.write(Data(explained.output.utf8), to: "explained.json")
            #expect(try workspace.run("validate", path).end == .code(0))
            _ = try simulate("a", Repository.scenario(name), "--quiet", "--set", "duration=4s")
            _ = try simulate("b", path, "--quiet")
            #expect(try workspace.digest("a") == workspace.digest("b"))
        }

        @Test func `json and quiet print what they say`() throws {
            let short = ["--set", "duration=2s", "--set", "expect={}"]
            let json = try workspace.start(Repository.quickstart, ["--json"] + short).wait()
            #expect(json.end == .code(0))
            #expect(try Data(json.output.utf8) == workspace.summary())
            let quiet = try workspace.start(Repository.quickstart, ["--quiet"] + short).wait()
            #expect(quiet.end == .code(0))
            #expect(quiet.output.isEmpty)
            let report = try workspace.start(Repository.quickstart, short).wait()
            #expect(report.errors.isEmpty)
            for heading in ["Requests", "Latency", "Stages", "Accuracy", "Edge servers", "Record"] {
                #expect(report.output.contains(heading))
            }
            #expect(!report.output.contains("\u{1B}"))
        }

        @Test(arguments: [["explain"], ["--help"], ["--json", "--out", "out"]])
        func `output that is lost is a failure`(_ arguments: [String]) throws {
            let scenario = try workspace.writeSynthetic()
            let finished = try Execution(
                arguments + [scenario],
                in: workspace,
                after: "exec > /dev/full"
            ).wait()
            #expect(finished.end == .code(4))
            #expect(finished.errors == "standard output: No space left on device\n")
        }

        @Test func `a record that cannot be written on is a failure`() throws {
            let scenario = try workspace.writeSynthetic()
            let finished = try Execution(
                [scenario, "--set", "duration=200s", "--out", "out"],
                in: workspace,
                after: "trap '' XFSZ; ulimit -f 200"
            ).wait()
            #expect(finished.end == .code(4))
            #expect(finished.errors.contains("results.sqlite: recording requests failed"))
        }

        @Test func `help names the subcommands and splits the tensors`() throws {
            let help = try workspace.run("--help")
            #expect(help.end == .code(0))
            for name in [
                "run", "validate", "explain", "splits", "compare", "profile", "serve", "encode",
                "unit", "train", "evaluate", "import-unit",
            ] {
                #expect(help.output.contains("\n  \(name) "))
            }
            #expect(!help.output.contains("worker "))
            let splits = try workspace.run("splits", Repository.network)
            #expect(splits.end == .code(0))
            #expect(splits.output.contains("waist"))
            let missing = try workspace.run("splits", "nowhere.onnx")
            #expect(missing.end == .code(2))
            #expect(missing.errors.contains("nowhere.onnx"))
        }
    }
}
