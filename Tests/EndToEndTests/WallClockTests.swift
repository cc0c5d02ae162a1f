import Cluster
import Foundation
import GRDB
import Runtime
import Testing

extension EndToEndTests {
    @Suite struct WallClockTests {
        private let workspace: Workspace

        init() throws { workspace = try Workspace() }

        /// The quickstart without batches, whose kernels may flip a near tie, and with one operating point.
        static let settings = [
            "duration=2s", "drain=2s", "expect={}", "devices.cameras.policy=waist@3",
            "devices.cameras.count=20", "edges.edge.batch.max=1",
        ].flatMap { ["--set", $0] }

        @Test func `both clocks serve the same requests with the same outcomes`() throws {
            var isValid = true
            for clock in ["virtual", "wall"] {
                let finished = try workspace.start(
                    Repository.quickstart,
                    out: clock,
                    ["--quiet", "--clock", clock] + Self.settings
                ).wait()
                // A busy machine may make the wall run invalid; its outcomes hold all the same.
                isValid = finished.end == .code(0)
                let mayBe = clock == "wall" && finished.end == .code(3)
                #expect(isValid || mayBe, "\(finished.errors)")
                #expect(ProcessTable.areGone(finished.children))
            }
            let simulated = try outcomes("virtual")
            let real = try outcomes("wall")
            #expect(real.keys.count { simulated[$0] != nil } > real.count / 2)
            for (id, outcome) in real where simulated[id] != nil {
                #expect(simulated[id] == outcome, "request \(id)")
            }
            let query = "SELECT count(*) FROM requests"
            #expect(
                try RunRecord(workspace, "virtual").integer(query)
                    == RunRecord(workspace, "wall").integer(query)
            )
            let series = "SELECT DISTINCT entity, metric FROM series ORDER BY entity, metric"
            let names = try ["virtual", "wall"].map { out in
                try RunRecord(workspace, out).rows(series).map {
                    "\($0["entity"] as String) \($0["metric"] as String)"
                }
            }
            #expect(names[0] == names[1] && names[0].count >= 2)
            let compared = try workspace.run("compare", "virtual", "wall")
            if compared.end == .code(2) {
                // The shipped profile, which the virtual run took, was measured on another host.
                #expect(compared.errors.contains("measure a profile here"), "\(compared.errors)")
            } else {
                let word = compared.output.contains("AGREE") ? 0 : 1
                #expect(compared.end == .code(isValid ? Int32(word) : 3), "\(compared.errors)")
            }

            let replay = try workspace.start(
                Repository.quickstart,
                out: "replay",
                ["--quiet", "--replay", workspace.path("wall")] + Self.settings
            ).wait()
            #expect(replay.end == .code(0), "\(replay.errors)")
            let durations = """
                SELECT id, headEnd - headStart AS head, serviceEnd - serviceStart AS service
                FROM requests WHERE state = 'completed' ORDER BY id
                """
            let spans = try ["replay", "wall"].map { out in
                try RunRecord(workspace, out).rows(durations).map { row -> [Int] in
                    [row["id"], row["head"], row["service"]]
                }
            }
            #expect(spans[0] == spans[1])
            let replayed = try workspace.run("compare", "replay", "wall")
            #expect(replayed.end != .code(2), "\(replayed.errors)")
            for figure in ["samples", "payload sizes", "predictions"] {
                #expect(replayed.output.contains("✓ \(figure) equal in all"))
            }
        }

        /// However late the process comes to it: a host that stalls shows in the latency, and in the pacing.
        @Test func `a closed loop's next request is issued when the last one is answered`() throws {
            let scenario = """
                {
                  "name": "closed", "duration": "2s", "clock": "wall",
                  "model": { "synthetic": { "payload": "100B", "result": "100B",
                    "device": { "constant": "1ms" }, "edge": { "constant": "1ms" } } },
                  "links": { "cell": { "shared": true, "uplink": { "rate": "100Mbit/s" },
                    "downlink": { "rate": "100Mbit/s" } } },
                  "devices": [{ "name": "clients", "count": 10, "link": "cell",
                    "arrivals": { "closed": {} } }],
                  "edges": [{ "name": "edge" }]
                }
                """
            try Data(scenario.utf8).write(to: URL(fileURLWithPath: workspace.path("closed.json")))
            let finished = try workspace.start(workspace.path("closed.json"), ["--quiet"]).wait()
            #expect([.code(0), .code(3)].contains(finished.end), "\(finished.errors)")
            let rows = try RunRecord(workspace).rows(
                "SELECT device, issued, completed FROM requests ORDER BY id"
            )
            #expect(rows.count > 500)
            // In the order in which they ended, whichever host reported them.
            let unordered = try RunRecord(workspace).integer(
                """
                SELECT count(*) FROM (SELECT completed, lag(completed) OVER (ORDER BY rowid) AS previous
                    FROM requests WHERE state = 'completed') WHERE completed < previous
                """
            )
            #expect(unordered == 0)
            for (row, next) in zip(rows, rows.dropFirst()) {
                let (device, nextDevice): (Int, Int) = (row["device"], next["device"])
                guard device == nextDevice else { continue }
                #expect(row["completed"] == next["issued"] as Int)
            }
        }

        /// A server that is still at work when the drain is over was busy all the time, and no longer than it was
        /// observed.
        @Test(arguments: ["virtual", "wall"])
        func `a server at work to the end is fully loaded`(clock: String) throws {
            let scenario = """
                {
                  "name": "endless", "duration": "1s", "drain": "1s",
                  "model": { "synthetic": { "payload": "0B", "result": "0B",
                    "device": { "constant": "0s" }, "edge": { "constant": "1h" } } },
                  "links": { "own": { "uplink": { "rate": "1Gbit/s" },
                    "downlink": { "rate": "1Gbit/s" } } },
                  "devices": [{ "name": "clients", "link": "own",
                    "arrivals": { "periodic": { "period": "2s", "phase": "0s" } } }],
                  "edges": [{ "name": "edge" }]
                }
                """
            let path = try workspace.write(Data(scenario.utf8), to: "endless.json")
            let finished = try workspace.start(path, ["--quiet", "--clock", clock]).wait()
            // A busy machine may make the wall run invalid; its server was at work all the same.
            #expect([.code(0), .code(3)].contains(finished.end), "\(finished.errors)")
            let summary = try JSONSerialization.jsonObject(with: workspace.summary())
            let edges = try #require((summary as? [String: Any])?["edges"] as? [[String: Any]])
            let load = try #require(edges[0]["utilization"] as? Double)
            #expect((0.95...1).contains(load), "\(load)")
        }

        /// A message of theirs is a frame, which has a bound.
        @Test func `a payload that no message can carry is refused`() throws {
            let text = SyntheticScenario.text(newcomers: 1)
                .replacing("\"payload\": \"4kB\"", with: "\"payload\": \"100MB\"")
            try Data(text.utf8).write(to: URL(fileURLWithPath: workspace.path("large.json")))
            let refused = try workspace.start(
                workspace.path("large.json"),
                ["--quiet", "--clock", "wall"]
            ).wait()
            #expect(refused.end == .code(2))
            #expect(refused.errors.contains("run it under the virtual clock"), "\(refused.errors)")
        }

        /// Messages leave as soon as their times are known and take effect then, so that sockets are no part of them.
        @Test func `the ways through sockets move no request`() throws {
            try Data(SyntheticScenario.twoServers.utf8)
                .write(to: URL(fileURLWithPath: workspace.path("two.json")))
            let query = """
                SELECT id, edge, issued, headStart, headEnd, encodeEnd, uplinkStart, uplinkEnd,
                    arrived, serviceStart, serviceEnd, completed
                FROM requests ORDER BY id
                """
            func run(_ clock: String) throws -> (rows: [Row], isValid: Bool) {
                let finished = try workspace.start(
                    workspace.path("two.json"),
                    out: clock,
                    ["--quiet", "--clock", clock]
                ).wait()
                #expect([.code(0), .code(3)].contains(finished.end), "\(finished.errors)")
                return (try RunRecord(workspace, clock).rows(query), finished.end == .code(0))
            }
            let wanted = try run("virtual").rows
            #expect(wanted.count > 100)
            // A busy machine may hold one up for longer than its link's delay, and those behind it: a run that it could
            // not keep up with may be made again.
            var equal = 0
            for _ in 0..<8 {
                let (rows, isValid) = try run("wall")
                #expect(rows.count == wanted.count)
                equal = zip(rows, wanted).count { $0 == $1 }
                if isValid || equal * 20 >= wanted.count * 19 { break }
            }
            #expect(equal * 20 >= wanted.count * 19, "\(equal) of \(wanted.count) are equal")
        }

        @Test func `only a wall run of the same scenario is replayed`() throws {
            let simulated = try workspace.start(
                Repository.quickstart,
                out: "virtual",
                ["--quiet"] + Self.settings
            ).wait()
            #expect(simulated.end == .code(0), "\(simulated.errors)")
            let cases = [
                (["--replay", "virtual"], "is no wall run"),
                (["--replay", "nowhere"], "no summary.json"),
                (["--replay", "virtual", "--clock", "wall"], "use --clock virtual"),
            ]
            for (arguments, message) in cases {
                let refused = try workspace.start(
                    Repository.quickstart,
                    out: "out",
                    arguments + Self.settings
                ).wait()
                #expect(refused.end == .code(2))
                #expect(refused.errors.contains(message), "\(refused.errors)")
            }
        }

        /// Beside a level that is chosen always, one that is hardly ever, and batches that never fill.
        @Test func `a live profile holds back-to-back figures of what is rare`() throws {
            let profile = workspace.path("live.json")
            let settings = [
                "duration=20s", #"devices.cameras.policy={"fastest":["waist@0","waist8"]}"#,
                "edges.edge.batch.max=2",
            ]
            .flatMap { ["--set", $0] }
            let measured = try Execution(
                ["profile", Repository.quickstart, "--live", "--out", profile] + settings,
                in: workspace
            ).wait()
            if measured.end == .code(2) {
                #expect(measured.errors.contains("the run was not valid"), "\(measured.errors)")
                try Test.cancel("the machine was too busy to measure a live profile")
            }
            #expect(measured.end == .code(0), "\(measured.errors)")
            let rare = "encode “waist 8 bit” of batch 1 with 1 busy"
            #expect(
                measured.output.contains("the measurement \(rare) is measured back to back: "),
                "\(measured.output)"
            )
            let result = try ServiceProfile.load(path: profile)
            #expect(result.command.contains(" # back to back: "))
            #expect(result.command.contains(rare))
            let decoded = result.measurements.filter { $0.stage == .decode }
            #expect(decoded.contains { $0.idleNanoseconds != nil })
            #expect(decoded.contains { $0.key == "waist 8 bit" && $0.idleNanoseconds == nil })
            let run = try workspace.start(
                Repository.quickstart,
                ["--quiet", "--set", "profile=\(profile)", "--set", "expect={}"] + settings
            ).wait()
            #expect(run.end == .code(0), "\(run.errors)")
        }

        @Test func `a profile measured live is one that a run can use`() throws {
            let profile = workspace.path("live.json")
            let settings = [
                "duration=12s", "devices.cameras.policy=waist@3", "edges.edge.batch.max=1",
            ]
            .flatMap { ["--set", $0] }
            let measured = try Execution(
                ["profile", Repository.quickstart, "--live", "--out", profile] + settings,
                in: workspace
            ).wait()
            // A busy machine makes the run invalid, which then must not make a profile.
            if measured.end == .code(2) {
                #expect(measured.errors.contains("the run was not valid"), "\(measured.errors)")
                #expect(!FileManager.default.fileExists(atPath: profile))
                try Test.cancel("the machine was too busy to measure a live profile")
            }
            #expect(measured.end == .code(0), "\(measured.errors)")
            let live = try ServiceProfile.load(path: profile)
            let hosts = min(ProcessInfo.processInfo.activeProcessorCount, 50)
            #expect(live.devicesPerProcessor == (50 + hosts - 1) / hosts)
            let heads = live.measurements.filter { $0.stage == .head }
            #expect(!heads.isEmpty)
            for measurement in heads {
                #expect(measurement.takenNanoseconds != nil)
                #expect(measurement.idleNanoseconds?.contains { $0 > 0 } == true)
            }
            let served = live.measurements.filter { [.decode, .tail].contains($0.stage) }
            #expect(Set(served.map(\.stage)) == [.decode, .tail])
            for measurement in served {
                let taken = try #require(measurement.takenNanoseconds)
                // Of one server after the other's twelve seconds.
                #expect(taken.contains { $0 < 12_000_000_000 })
                #expect(taken.contains { $0 > 12_000_000_000 })
                let idleTimes = try #require(measurement.idleNanoseconds)
                // Two lightly loaded servers, each with a slot, are idle for most of twelve seconds and the drain.
                #expect((20_000_000_000...36_000_000_000).contains(idleTimes.reduce(0, +)))
            }
            let run = try workspace.start(
                Repository.quickstart,
                ["--quiet", "--set", "profile=\(profile)", "--set", "expect={}"] + settings
            ).wait()
            #expect(run.end == .code(0), "\(run.errors)")
        }

        @Test func `too short a run makes no live profile`() throws {
            let refused = try workspace.run(
                "profile",
                Repository.quickstart,
                "--live",
                "--out",
                "live.json",
                "--set",
                "duration=1s",
                "--set",
                "devices.cameras.count=2"
            )
            #expect(refused.end == .code(2))
            #expect(
                refused.errors.contains("fewer than 200 samples of every stage")
                    || refused.errors.contains("the run was not valid"),
                "\(refused.errors)"
            )
            let both = try workspace.run(
                "profile",
                Repository.quickstart,
                "--live",
                "--repetitions",
                "300",
                "--out",
                "x"
            )
            #expect(both.end == .code(2))
            #expect(both.errors.contains("leave --repetitions out"))
        }

        /// Its batches are held back for half of what its work leaves of the slower hardware's time.
        @Test func `a slow server that batches starts without work to do`() throws {
            let finished = try workspace.start(
                Repository.quickstart,
                ["--clock", "wall"] + Self.settings + [
                    "--set", #"operatingPoints.here={"local":{}}"#,
                    "--set", "devices.cameras.policy=here",
                    "--set", "edges.edge.hardware=raspberry-pi-4",
                    "--set", "edges.edge.batch.max=4",
                ]
            ).wait()
            #expect([.code(0), .code(3)].contains(finished.end), "\(finished.errors)")
            let figures = try JSONDecoder().decode(RunFigures.self, from: workspace.summary())
            #expect(!figures.validity.reasons.contains { $0.contains("replica/") })
        }

        /// Sample, payload bytes and prediction of completed requests.
        private func outcomes(_ out: String) throws -> [Int: [Int]] {
            var outcomes: [Int: [Int]] = [:]
            let rows = try RunRecord(workspace, out).rows(
                "SELECT id, sample, payloadBytes, prediction FROM requests WHERE state = 'completed'"
            )
            for row in rows {
                outcomes[row["id"]] = [row["sample"], row["payloadBytes"], row["prediction"]]
            }
            return outcomes
        }
    }
}
