import Foundation
import Testing

extension EndToEndTests {
    /// Runs that end when they know enough.
    @Suite struct PrecisionTests {
        private let workspace: Workspace

        init() throws { workspace = try Workspace() }

        private struct Figures: Decodable {
            struct Precision: Decodable {
                var relative: Double
                var reached: Double?
                var met: Bool
                var stopped: Int64?
            }

            var duration: Int64
            var digest: String
            var precision: Precision?
        }

        private func run(
            _ out: String,
            relative: Double,
            duration: String? = nil
        ) throws -> (figures: Figures, report: String) {
            let law = QueueingLaw.all[0]
            let path = try workspace.write(Data(law.scenario.utf8), to: "law.json")
            let precision =
                #"precision={ "metric": "latency.mean", "relative": \#(relative), "confidence": 0.9 }"#
            let finished = try workspace.start(
                path,
                out: out,
                ["--record", "none"]
                    + (duration.map { ["--set", "duration=\($0)"] } ?? ["--set", precision])
            ).wait()
            try #require(finished.end == .code(0), "\(finished.errors)")
            let figures = try JSONDecoder().decode(Figures.self, from: workspace.summary(out))
            return (figures, finished.output)
        }

        @Test func `issuing stops once the interval is narrow enough`() throws {
            let (early, report) = try run("early", relative: 0.1)
            let precision = try #require(early.precision)
            #expect(precision.met)
            #expect(try #require(precision.reached) <= 0.1)
            let stopped = try #require(precision.stopped)
            #expect(early.duration == stopped)
            #expect(stopped < Int64(QueueingLaw.all[0].duration) * 1_000_000_000)
            #expect(report.contains("issuing stopped"))
            let planned = try RunRecord(workspace, "early")
                .integer("SELECT value FROM run WHERE key = 'duration'")
            #expect(planned == Int(stopped))
            // It is the run of that duration, request for request.
            let same = try run("same", relative: 0.1, duration: "\(stopped)ns").figures
            #expect(same.digest == early.digest)
        }

        /// More requests end with the second at which the precision is looked at than are taken at once, and
        /// only with the first of them is it reached.
        @Test func `requests that end all at once are looked at once`() throws {
            let scenario = """
                {
                  "name": "at-once", "duration": "60s",
                  "precision": { "metric": "latency.p99", "relative": 0.1 },
                  "model": { "synthetic": { "payload": "0B", "result": "0B",
                    "device": { "constant": "0s" }, "edge": { "constant": "0s" } } },
                  "links": { "own": { "uplink": { "rate": "1Gbit/s" },
                    "downlink": { "rate": "1Gbit/s" } } },
                  "devices": [{ "name": "clients", "count": 600, "link": "own",
                    "arrivals": { "periodic": { "period": "1s", "phase": "0s" } } }],
                  "edges": [{ "name": "edge", "queue": 1000 }]
                }
                """
            let path = try workspace.write(Data(scenario.utf8), to: "at-once.json")
            let finished = try workspace.start(path, ["--record", "none"]).wait()
            try #require(finished.end == .code(0), "\(finished.errors)")
            let figures = try JSONDecoder().decode(Figures.self, from: workspace.summary())
            // Sixteen batches of 1024 requests each, of which ten lie beyond p99.
            #expect(figures.precision?.stopped == 28_000_000_000)
        }

        @Test func `a precision out of reach lets the run go its whole length and says so`() throws
        {
            let (whole, report) = try run("whole", relative: 0.000_1)
            let precision = try #require(whole.precision)
            #expect(!precision.met && precision.stopped == nil)
            #expect(try #require(precision.reached) > 0.000_1)
            #expect(whole.duration == Int64(QueueingLaw.all[0].duration) * 1_000_000_000)
            #expect(report.contains("latency.mean"))
        }

        @Test(arguments: [
            (
                #"{ "metric": "latency.p42", "relative": 0.1 }"#,
                #"has no interval; write "latency.p50""#
            ),
            (
                #"{ "metric": "latency.mean", "relative": 0 }"#,
                "precision.relative: 0 is out of range"
            ),
            (
                #"{ "metric": "latency.mean", "relative": 0.1, "confidance": 0.9 }"#,
                #"unknown key "confidance"; write "confidence""#
            ),
        ])
        func `what cannot be asked for is refused`(precision: String, message: String) throws {
            let path = try workspace.write(Data(QueueingLaw.all[0].scenario.utf8), to: "law.json")
            let refused = try workspace.start(path, ["--set", "precision=\(precision)"]).wait()
            #expect(refused.end == .code(2))
            #expect(refused.errors.contains(message), "\(refused.errors)")
        }
    }
}
