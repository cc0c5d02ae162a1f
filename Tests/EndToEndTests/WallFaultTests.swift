import Foundation
import Testing

extension EndToEndTests {
    /// Wall runs that are interrupted, or whose processes are killed or stopped.
    @Suite struct WallFaultTests {
        private let workspace: Workspace

        init() throws { workspace = try Workspace() }

        private func start(_ settings: [String]) throws -> Execution {
            try workspace.start(
                Repository.quickstart,
                ["--clock", "wall"] + WallClockTests.settings
                    + settings.flatMap { ["--set", $0] }
            )
        }

        /// A wall run whose first requests have ended, and its gateway.
        private func underWay(_ settings: String...) throws -> (run: Execution, gateway: Int32) {
            let run = try start(settings)
            let gateway = try run.workers("gateway", count: 1)
            try run.waitForRows(of: workspace.path("out/results.sqlite"), outgrowing: 28_672)
            return (run, gateway[0])
        }

        private var figures: RunFigures {
            get throws { try JSONDecoder().decode(RunFigures.self, from: workspace.summary()) }
        }

        @Test func `SIGINT keeps the record of a wall run`() throws {
            let run = try start(["duration=10min"])
            let workers = try run.workers("gateway", count: 1)
            run.signal(SIGINT)
            let finished = try run.wait()
            #expect(finished.end == .code(130))
            #expect(ProcessTable.areGone(finished.children.union(workers)))
            let figures = try figures
            #expect(!figures.validity.valid)
            #expect(figures.requests.issued == figures.requests.ended)
        }

        /// Servers and pacing have been reported, and rates are over the time that was run.
        @Test func `SIGINT in the middle of a wall run keeps its figures`() throws {
            let run = try underWay("duration=10min").run
            run.signal(SIGINT)
            let finished = try run.wait()
            #expect(finished.end == .code(130))
            #expect(ProcessTable.areGone(finished.children))
            let figures = try figures
            #expect(figures.requests.issued == figures.requests.ended)
            #expect(figures.edges.count == 2)
            #expect(figures.pacing != nil)
            #expect((1..<600).contains(figures.duration / 1_000_000_000))
        }

        @Test func `a wall run goes on without a replica that was killed`() throws {
            let run = try underWay(
                "duration=8s",
                #"devices.cameras.arrivals={"poisson":{"rate":"4/s"}}"#
            ).run
            kill(try run.workers("replica", count: 2)[1], SIGKILL)
            let finished = try run.wait()
            #expect(finished.end == .code(3))
            #expect(ProcessTable.areGone(finished.children))
            let figures = try figures
            #expect(figures.validity.reasons.contains { $0.contains("replica/") })
            #expect(figures.requests.issued == figures.requests.ended)
            let later = try RunRecord(workspace).integer(
                "SELECT count(*) FROM requests WHERE state = 'completed' AND issued > 7000000000"
            )
            #expect((later ?? 0) > 0)
        }

        /// What comes late to an edge server would else count as work that it could not begin.
        @Test func `a gateway that stalls makes a run invalid`() throws {
            let (run, gateway) = try underWay(
                "duration=6s",
                #"devices.cameras.arrivals={"poisson":{"rate":"5/s"}}"#
            )
            kill(gateway, SIGSTOP)
            Thread.sleep(forTimeInterval: 0.7)
            kill(gateway, SIGCONT)
            let finished = try run.wait()
            #expect(finished.end == .code(3))
            let figures = try figures
            #expect(figures.validity.reasons.contains { $0.contains("came to edge servers") })
        }

        @Test func `an interrupted run does not wait for a worker that hangs`() throws {
            let (run, gateway) = try underWay("duration=10min")
            kill(gateway, SIGSTOP)
            run.signal(SIGINT)
            Thread.sleep(forTimeInterval: 0.5)
            run.signal(SIGINT)
            let finished = try run.wait()
            #expect(finished.end == .code(130), "\(finished.errors)")
            #expect(ProcessTable.areGone(finished.children.union([gateway])))
            _ = try figures
        }

        /// A supervisor's SIGTERM reaches a whole group of processes, and the coordinator decides.
        @Test func `workers leave SIGTERM to the coordinator`() throws {
            let (run, gateway) = try underWay("duration=10min")
            for worker in try [gateway] + run.workers("replica", count: 2) { kill(worker, SIGTERM) }
            run.signal(SIGTERM)
            let finished = try run.wait()
            #expect(finished.end == .code(130), "\(finished.errors)")
            let figures = try figures
            #expect(figures.edges.count == 2)
            #expect(!figures.validity.reasons.contains { $0.contains("replica/") })
        }
    }
}
