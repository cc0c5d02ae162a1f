import Foundation
import Testing

extension EndToEndTests {
    /// What queueing theory says, through the command line.
    @Suite struct LawTests {
        /// Independent runs of each law.
        private static let seeds: [UInt64] = Array(1...10)
        /// Student's quantile with nine degrees of freedom that one estimate in two thousand exceeds.
        private static let quantile = 5.3
        /// A percentile of the summary lies at most this much above the exact one.
        private static let resolution = 1.001

        private let workspace: Workspace

        init() throws { workspace = try Workspace() }

        /// The mean over independent runs is within 5.3 of its own standard errors.
        @Test(arguments: QueueingLaw.all) func `long runs are as theory says`(
            law: QueueingLaw
        ) throws {
            let path = try workspace.write(Data(law.scenario.utf8), to: "law.json")
            let runs = try Self.seeds.map { try figures(path, seed: $0) }
            for figure in law.figures {
                let values = try runs.map { try #require($0[figure.path]) }
                let count = Double(values.count)
                let mean = values.reduce(0, +) / count
                let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
                let error = (squares / (count - 1) / count).squareRoot()
                // An estimate so vague that it cannot fail would show nothing.
                #expect(error < 0.08 * figure.value, "\(law) \(figure.path): ± \(error)")
                let isPercentile = figure.path.hasSuffix("p99")
                let above = isPercentile ? (Self.resolution - 1) * figure.value : 0
                let difference = mean - figure.value
                #expect(
                    -Self.quantile * error...Self.quantile * error + above ~= difference,
                    "\(law) \(figure.path): \(mean) ± \(error), expected \(figure.value)"
                )
            }
        }

        /// Little's law and the utilisation law hold for any run, to rounding: L = λ W, U = λ S.
        @Test func `operational laws hold exactly`() throws {
            let law = QueueingLaw.all[6]
            let path = try workspace.write(Data(law.scenario.utf8), to: "law.json")
            let figures = try figures(path, seed: 9)
            let completed = try #require(figures["completed"])
            // Both are one over the time that the server was watched.
            let queue = try #require(figures["meanQueue"])
            let wait = try #require(figures["stages.edgeWait.mean"])
            let utilization = try #require(figures["utilization"])
            let service = try #require(figures["stages.service.mean"])
            let watched = completed * wait / queue
            let busy = completed * service / (utilization * Double(law.servers))
            #expect(abs(watched / busy - 1) < 1e-6)
            #expect(watched >= Double(law.duration) * (1 - 1e-9))
            #expect(watched < Double(law.duration) * 1.01)
        }

        /// R = N / X − Z in a closed loop, Z the mean think time, up to the run's ends.
        @Test func `a closed loop has the response time that its throughput implies`() throws {
            let (clients, think, duration) = (20, 5.0, 40_000)
            var law = QueueingLaw.all[0]
            law.arrivals = """
                { "closed": { "concurrency": \(clients), "think": { "exponential": { "mean": "\(Int(think))s" } } } }
                """
            law.device = #"{ "constant": "0s" }"#
            law.servers = 4
            law.duration = duration
            let path = try workspace.write(Data(law.scenario.utf8), to: "closed.json")
            let figures = try figures(path, seed: 4)
            let completed = try #require(figures["completed"])
            let response = try #require(figures["latency.mean"])
            let throughput = completed / Double(duration)
            let expected = Double(clients) / throughput - think
            // The sample mean of the think times, and one cycle of each client at the ends.
            let tolerance =
                4 * think / completed.squareRoot()
                + Double(clients) * (response + think) / completed
            #expect(abs(response - expected) < tolerance, "\(response), expected \(expected)")
            #expect(response > 1 && tolerance < 0.1 * response)
        }

        /// At 150 % load every request waits half a second more than the one before.
        @Test func `overload grows without bound`() throws {
            var law = QueueingLaw.all[0]
            law.edge = #"{ "constant": "1500ms" }"#
            law.arrivals = #"{ "periodic": { "period": "1s", "phase": "0s" } }"#
            for count in [100, 200] {
                law.duration = count
                let path = try workspace.write(Data(law.scenario.utf8), to: "overload.json")
                let figures = try figures(path, seed: 1)
                let last = Double(count - 1) * 0.5
                #expect(figures["stages.edgeWait.mean"] == last / 2)
                #expect(figures["latency.max"] == last + 1.5)
            }
        }

        /// wrk2's example: an open loop of 2000 requests a second for 20 s, stalled for 1.4 s.
        ///
        /// Counted from the intended time, what the stall holds up is late by what is left of it, so
        /// that the 99th percentile is 1.4 s less the time of 1 % of all requests, 0.2 s. A
        /// generator that waits for answers would have seen one slow request.
        @Test func `a stall counts for every request that it held up`() throws {
            let trace = "time_s,rate_kbps\n0,1000000\n9,0\n10.4,1000000\n20,1000000\n"
            _ = try workspace.write(Data(trace.utf8), to: "stall.csv")
            var law = QueueingLaw.all[0]
            law.edge = #"{ "constant": "0s" }"#
            law.arrivals = #"{ "periodic": { "rate": "2000/s", "phase": "0s" } }"#
            law.link = #"{ "trace": { "file": "stall.csv", "unit": "kbit/s" } }"#
            law.payload = "100B"
            law.duration = 20
            let path = try workspace.write(Data(law.scenario.utf8), to: "stall.json")
            let figures = try figures(path, seed: 1)
            let p99 = try #require(figures["latency.p99"])
            #expect(figures["completed"] == 40_000)
            #expect(abs(p99 - 1.2) < 0.005, "\(p99)")
            #expect(try #require(figures["latency.p90"]) < 0.001)
        }

        /// Durations in seconds, the edge server's own figures, counts, and the share that was dropped.
        private func figures(_ scenario: String, seed: UInt64) throws -> [String: Double] {
            let run = try workspace.start(
                scenario,
                ["--seed", "\(seed)", "--record", "none", "--quiet"]
            ).wait()
            try #require(run.end == .code(0), "\(run.errors)")
            let summary = try JSONDecoder().decode(Figures.self, from: workspace.summary())
            var figures: [String: Double] = [
                "completed": Double(summary.requests.completed),
                "dropped": Double(summary.requests.dropped) / Double(summary.requests.issued),
                "meanQueue": summary.edges[0].meanQueue,
                "utilization": summary.edges[0].utilization,
            ]
            for (name, value) in summary.latency {
                figures["latency.\(name)"] = value.map { $0 / 1e9 }
            }
            for (stage, values) in summary.stages {
                for (name, value) in values {
                    figures["stages.\(stage).\(name)"] = value.map { $0 / 1e9 }
                }
            }
            return figures
        }

        private struct Figures: Decodable {
            struct Edge: Decodable {
                var meanQueue: Double
                var utilization: Double
            }

            var requests: RunFigures.Counts
            var latency: [String: Double?]
            var stages: [String: [String: Double?]]
            var edges: [Edge]
        }
    }
}
