import Foundation
import Testing

extension EndToEndTests {
    @Suite struct DeterminismTests {
        private let workspace: Workspace

        init() throws { workspace = try Workspace() }

        @Test(arguments: Repository.scenarios)
        func `a scenario run twice gives the same bytes`(_ name: String) throws {
            for out in ["a", "b"] {
                _ = try workspace.simulate(
                    Repository.scenario(name),
                    out: out,
                    "--set",
                    "duration=8s",
                    "--quiet"
                )
            }
            #expect(try workspace.summary("a") == workspace.summary("b"))
            #expect(
                try RunRecord(workspace, "a").deviceDigests()
                    == RunRecord(workspace, "b").deviceDigests()
            )
        }

        @Test func `workers and cache do not change a run, the seed does`() throws {
            let shorter = ["--set", "duration=20s", "--set", "dataset.limit=150", "--quiet"]
            let runs: [(out: String, cache: String, arguments: [String])] = [
                ("one", "cache1", ["--workers", "1"]), ("four", "cache2", ["--workers", "4"]),
                ("cached", "cache1", []), ("seed", "cache1", ["--seed", "8"]),
            ]
            for run in runs {
                let finished = try workspace.start(
                    Repository.quickstart,
                    out: run.out,
                    cache: workspace.path(run.cache),
                    shorter + run.arguments
                ).wait()
                #expect(finished.end != .code(4), "\(finished.errors)")
                #expect(finished.children.isEmpty == (run.cache == "cache1" && run.out != "one"))
            }
            #expect(try workspace.summary("one") == workspace.summary("four"))
            #expect(try workspace.summary("one") == workspace.summary("cached"))
            #expect(try workspace.digest("one") != workspace.digest("seed"))
        }

        /// Recorded on one machine; a change of these is a change of every user's runs.
        @Test(arguments: [
            ("datagram", "72ffc0ebb5f85fd28b842df01e0c111a93a989e7280a5e0485d4a82550ad69cd"),
            ("tcp", "2eb7268eb52f7dca9b1ca2c0e4cdb493bac7b4989c74428a95ae489fabc7e04d"),
        ])
        func `a run is the same on every machine`(transport: String, digest: String) throws {
            let text = SyntheticScenario.text(newcomers: 4, transport: transport)
            let path = try workspace.write(Data(text.utf8), to: "\(transport).json")
            #expect(try workspace.simulate(path, "--quiet").end == .code(0))
            #expect(try workspace.digest() == digest)
        }

        @Test func `a device more leaves the others as they were`() throws {
            for (out, newcomers) in [("without", 1), ("with", 2)] {
                let path = try workspace.write(
                    Data(SyntheticScenario.text(newcomers: newcomers).utf8),
                    to: "\(out).json"
                )
                #expect(try workspace.simulate(path, out: out, "--quiet").end == .code(0))
            }
            let without = try RunRecord(workspace, "without")
            let with = try RunRecord(workspace, "with")
            #expect(try without.deviceDigests().count == 7)
            #expect(try without.deviceDigests() == Array(with.deviceDigests().prefix(7)))
            #expect(try with.deviceDigests(ofGroup: "newcomers").count == 2)
        }

        @Test func `over TCP all arrives, and workers do not change the run`() throws {
            let text = SyntheticScenario.text(newcomers: 4, transport: "tcp")
            let path = try workspace.write(Data(text.utf8), to: "tcp.json")
            for workers in ["1", "4"] {
                let finished = try workspace.simulate(
                    path,
                    out: workers,
                    "--quiet",
                    "--workers",
                    workers
                )
                #expect(finished.end == .code(0), "\(finished.errors)")
            }
            #expect(try workspace.digest("1") == workspace.digest("4"))
            let record = try RunRecord(workspace, "1")
            #expect(try record.integer("select count(*) from requests") ?? 0 > 500)
            #expect(
                try record.integer("select count(*) from requests where state != 'completed'") == 0
            )
            // A connection's first request waits for the handshake of 20 ms; 4052 bytes take 16.8 ms.
            #expect(
                try record.integer(
                    "select min(uplinkEnd - uplinkStart) from requests where issued = "
                        + "(select min(issued) from requests)"
                ) ?? 0 >= 36_000_000
            )
        }
    }
}
