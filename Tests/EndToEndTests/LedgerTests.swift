import Foundation
import GRDB
import Testing

extension EndToEndTests {
    @Suite struct LedgerTests {
        private let workspace: Workspace

        init() throws { workspace = try Workspace() }

        @Test func `every shipped scenario is in the list`() throws {
            let names = Repository.scenarios + Repository.scenariosOnlyRead
            #expect(try Repository.scenarioFiles == names.sorted().map { $0 + ".json" })
        }

        @Test(arguments: Repository.scenarios)
        func `requests and stages add up in the record`(_ name: String) throws {
            let finished = try workspace.simulate(
                Repository.scenario(name),
                "--set",
                "duration=12s",
                "--quiet"
            )
            #expect(finished.errors.isEmpty)
            let record = try RunRecord(workspace)
            let figures = try JSONDecoder().decode(RunFigures.self, from: workspace.summary())
            #expect(figures.requests.issued == figures.requests.ended)
            #expect(figures.requests.issued > 0)
            for group in figures.groups {
                #expect(try counts(record, group: group.name) == group.requests)
            }
            #expect(figures.groups.reduce(0) { $0 + $1.requests.issued } == figures.requests.issued)
            #expect(try record.integer(Self.wrongSums) == 0)
            #expect(try record.integer(Self.wrongOrder) == 0)
        }

        /// A run shorter than the time between two points, and one whose drain is longer than 3,600 seconds.
        @Test(arguments: [("200ms", "100ms"), ("2s", "720h")])
        func `series keep to the run and stay short`(duration: String, drain: String) throws {
            let scenario = """
                {
                  "name": "series", "duration": "\(duration)", "drain": "\(drain)",
                  "model": { "synthetic": { "payload": "1kB", "result": "0B",
                    "device": { "constant": "1ms" }, "edge": { "constant": "1ms" } } },
                  "links": { "own": { "uplink": { "trace": "up.trace" },
                    "downlink": { "rate": "1Mbit/s" } } },
                  "devices": [{ "name": "clients", "link": "own", "timeout": "720h",
                    "arrivals": { "poisson": { "rate": "50/s" } } }],
                  "edges": [{ "name": "edge" }]
                }
                """
            try Data(scenario.utf8).write(to: URL(fileURLWithPath: workspace.path("series.json")))
            try Data("1\n2\n5\n11\n".utf8)
                .write(to: URL(fileURLWithPath: workspace.path("up.trace")))
            let finished = try workspace.start(workspace.path("series.json"), ["--quiet"]).wait()
            #expect(finished.end == .code(0), "\(finished.errors)")
            let record = try RunRecord(workspace)
            let points = try #require(try record.integer("SELECT count(*) FROM series"))
            #expect(points >= 3 && points < 3 * 7300)
            let rates = try record.rows(
                "SELECT value FROM series WHERE metric = 'uplinkBitsPerSecond'"
            )
            // Four packets of 1500 bytes in 11 ms.
            for rate in rates { #expect(abs(rate["value"] / 4.364e6 - 1) < 0.05) }
        }

        /// A packet each millisecond in the first second, every other one in the second.
        @Test func `a series shows the trace where the link entered it`() throws {
            let scenario = oneClient(
                times: #""duration": "2s", "drain": "100ms""#,
                payload: "1kB",
                uplink: #"{ "trace": "up.trace", "offset": "1s" }"#,
                arrivals: #"{ "poisson": { "rate": "50/s" } }"#
            )
            let path = try workspace.write(Data(scenario.utf8), to: "offset.json")
            let times = Array(1...1000) + stride(from: 1002, through: 2000, by: 2)
            let trace = times.map { "\($0)\n" }.joined()
            _ = try workspace.write(Data(trace.utf8), to: "up.trace")
            let finished = try workspace.start(path, ["--quiet"]).wait()
            #expect(finished.end == .code(0), "\(finished.errors)")
            let rates = try RunRecord(workspace).rows(
                "SELECT value FROM series WHERE metric = 'uplinkBitsPerSecond' ORDER BY time"
            ).map { $0["value"] as Double }
            try #require(rates.count >= 2)
            #expect(abs(rates[0] / 6e6 - 1) < 0.01 && abs(rates[1] / 12e6 - 1) < 0.01)
        }

        /// Sent until 15 s of 20; on its way for 10 s more.
        @Test func `what is open at the end is open until the drain is over`() throws {
            let scenario = oneClient(
                times: #""duration": "10s", "drain": "10s""#,
                payload: "15kB",
                uplink: #"{ "rate": "8kbit/s", "delay": "10s" }"#,
                arrivals: #"{ "periodic": { "period": "10s", "phase": "0s" } }"#
            )
            let path = try workspace.write(Data(scenario.utf8), to: "open.json")
            let finished = try workspace.start(path, ["--quiet"]).wait()
            #expect(finished.end == .code(0), "\(finished.errors)")
            let rows = try RunRecord(workspace).rows("SELECT state, uplinkEnd FROM requests")
            try #require(rows.count == 1)
            #expect(rows[0]["state"] == "unfinished" && rows[0]["uplinkEnd"] == 15_000_000_000)
        }

        /// Work that takes next to nothing, of one device on a link of its own.
        private func oneClient(
            times: String,
            payload: String,
            uplink: String,
            arrivals: String
        ) -> String {
            """
            {
              "name": "one", \(times),
              "model": { "synthetic": { "payload": "\(payload)", "result": "0B",
                "device": { "constant": "0s" }, "edge": { "constant": "0s" } } },
              "links": { "own": { "uplink": \(uplink), "downlink": { "rate": "1Mbit/s" } } },
              "devices": [{ "name": "clients", "link": "own", "arrivals": \(arrivals) }],
              "edges": [{ "name": "edge" }]
            }
            """
        }

        private func counts(_ record: RunRecord, group: String) throws -> RunFigures.Counts {
            var counts: [String: Int] = [:]
            for row in try record.rows(
                "SELECT deviceGroup, state, count(*) AS n FROM requests GROUP BY 1, 2"
            )
            where row["deviceGroup"] == group {
                counts[row["state"]] = row["n"]
            }
            let ended = counts.values.reduce(0, +)
            let states = [
                "completed", "dropped", "lost", "timedOut", "rejected", "failed", "unfinished",
            ]
            #expect(Set(counts.keys).isSubset(of: states))
            let values = states.map { counts[$0, default: 0] }
            return RunFigures.Counts(
                issued: ended,
                completed: values[0],
                dropped: values[1],
                lost: values[2],
                timedOut: values[3],
                rejected: values[4],
                failed: values[5],
                unfinished: values[6]
            )
        }

        /// Every stage from its own two columns, the end of the one before and its own: an absent one starts and ends
        /// where the one before it ended.
        private static let stages = """
            WITH ends AS (SELECT *,
                coalesce(headStart, issued) AS s0,
                coalesce(headEnd, headStart, issued) AS s1,
                coalesce(encodeEnd, headEnd, headStart, issued) AS s2
                FROM requests WHERE state = 'completed')
            """

        /// Completed requests whose nine stages do not add up to the latency.
        private static let wrongSums = """
            \(stages)
            SELECT count(*) FROM ends WHERE completed - issued != (s0 - issued) + (s1 - s0) + (s2 - s1)
                + coalesce(uplinkStart - s2, 0) + coalesce(uplinkEnd - uplinkStart, 0)
                + coalesce(arrived - uplinkEnd, 0) + coalesce(serviceStart - arrived, 0)
                + coalesce(serviceEnd - serviceStart, 0) + coalesce(completed - serviceEnd, 0)
            """

        /// Completed requests with a stage of negative length, or that went over the link without arriving.
        private static let wrongOrder = """
            \(stages)
            SELECT count(*) FROM ends WHERE NOT (issued <= s0 AND s0 <= s1 AND s1 <= s2
                AND coalesce(s2 <= uplinkStart AND uplinkStart <= uplinkEnd AND uplinkEnd <= arrived
                    AND arrived <= serviceStart AND serviceStart <= serviceEnd
                    AND serviceEnd <= completed, uplinkStart IS NULL AND completed = s1))
            """
    }
}
