import Foundation
import Testing

extension EndToEndTests {
    @Suite struct InterruptionTests {
        private let workspace: Workspace

        init() throws { workspace = try Workspace() }

        /// A run that computes 30,000 outcomes in two pairs of workers.
        private func startTable() throws -> (run: Execution, workers: [Int32]) {
            let run = try workspace.start(
                Repository.quickstart,
                cache: workspace.path("cache"),
                ["--workers", "2", "--set", "dataset.limit=10000"]
            )
            let edges = try run.workers("table-edge", count: 2)
            return (run, try run.workers("table-device", count: 2) + edges)
        }

        private func checkInterrupted(_ finished: Finished) throws {
            #expect(finished.end == .code(130))
            #expect(
                finished.errors.contains(
                    "interrupted by SIGINT (2); the record up to then is in \(workspace.path("out"))/"
                ),
                "\(finished.errors)"
            )
            #expect(ProcessTable.areGone(finished.children))
            let figures = try JSONDecoder().decode(RunFigures.self, from: workspace.summary())
            #expect(!figures.validity.valid)
            #expect(figures.validity.reasons.contains { $0.contains("interrupted") })
            #expect(figures.requests.issued == figures.requests.ended)
            // Rates are over the time that was run.
            #expect(figures.duration < 1000 * 3_600_000_000_000)
            let record = try RunRecord(workspace)
            #expect(try record.integer("SELECT count(*) FROM requests") == figures.requests.issued)
        }

        /// The report of what was run, which says that it is not whole and where it is.
        private func checkReport(_ finished: Finished) {
            let report = finished.output
            #expect(report.contains("INVALID"), "\(report)")
            #expect(report.contains("The run was interrupted."), "\(report)")
            #expect(report.contains("Record  \(workspace.path("out"))/"), "\(report)")
        }

        @Test func `SIGINT while outcomes are computed`() throws {
            let (run, workers) = try startTable()
            run.signal(SIGINT)
            let finished = try run.wait()
            try checkInterrupted(finished)
            checkReport(finished)
            #expect(ProcessTable.areGone(workers))
        }

        /// It prints what a whole run would.
        @Test(arguments: [[], ["--json"], ["--quiet"]])
        func `SIGINT while the virtual clock runs, after workers`(_ options: [String]) throws {
            let run = try workspace.start(
                Repository.quickstart,
                cache: workspace.path("cache"),
                ["--set", "dataset.limit=20", "--set", "duration=2000h"] + options
            )
            _ = try run.workers("table-device", count: ProcessInfo.processInfo.activeProcessorCount)
            try run.waitForRows(of: workspace.path("out/results.sqlite"))
            run.signal(SIGINT)
            let finished = try run.wait()
            try checkInterrupted(finished)
            switch options {
            case ["--json"]: try #expect(Data(finished.output.utf8) == workspace.summary())
            case ["--quiet"]: #expect(finished.output.isEmpty)
            default: checkReport(finished)
            }
        }

        @Test func `workers end with a coordinator that is killed`() throws {
            let (run, workers) = try startTable()
            run.signal(SIGKILL)
            #expect(try run.wait().end == .signal(SIGKILL))
            #expect(ProcessTable.areGone(workers))
        }

        @Test(arguments: [0, 3])
        func `a run ends when a worker is killed`(_ index: Int) throws {
            let (run, workers) = try startTable()
            kill(workers[index], SIGKILL)
            let finished = try run.wait()
            #expect(finished.end == .code(4))
            #expect(finished.errors.contains("worker table-"), "\(finished.errors)")
            #expect(finished.errors.contains("SIGKILL"), "\(finished.errors)")
            #expect(ProcessTable.areGone(workers))
            // Nothing half-done is kept for later runs.
            #expect(!FileManager.default.fileExists(atPath: workspace.path("cache")))
        }
    }
}
