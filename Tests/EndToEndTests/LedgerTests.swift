import Foundation
import GRDB
import Testing

extension EndToEndTests {
    @Suite struct LedgerTests {
        private let workspace: Workspace

        init() throws { workspace = try Workspace() }

        @Test func `every shipped scenario is in the list`() throws {
            let names = Repository.scenarios + Repository.scenariosWithoutData
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

        /// Every stage from its own two columns, as DESIGN §7 defines them: an absent one starts and ends where the
        /// one before it ended.
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
