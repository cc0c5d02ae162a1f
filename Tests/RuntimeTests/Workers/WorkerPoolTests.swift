import Foundation
import Glibc
import Messaging
import Testing

@testable import Runtime

@Suite(.ownThread) struct WorkerPoolTests {
    @Test func workersStartReportAndLeave() throws {
        let pool = try Fixture.pool()
        let names = (0..<2).map { WorkerName(role: "echo", index: $0) }
        var configuration = WireConfiguration()
        configuration.attachment = Data([1, 2, 3])
        for name in names { try pool.launch(name, configuration: configuration) }
        let endpoints = try pool.waitUntilReady(names)
        #expect(endpoints[names[1]] == ["data": "tcp://127.0.0.1:1"])
        let pids = names.compactMap { pool.pid(of: $0) }
        try pool.broadcast(.start(WireStart()))
        var reports: [WorkerName: [[UInt8]]] = [:]
        var exits: [WorkerExit] = []
        try events(pool, until: { exits.count == 2 }) { event in
            if case .report(let name, _, let content, _) = event {
                reports[name, default: []].append(content)
            }
            if case .exited(let exit) = event { exits.append(exit) }
        }
        for name in names { #expect(reports[name] == [[1, 2, 3], [3, 2, 1]]) }
        #expect(exits.allSatisfy { $0.status == .code(0) && $0.isExpected })
        try pool.shutdown()
        #expect(pids.count == 2 && pids.allSatisfy(Fixture.isGone))
    }

    @Test func lastReportsAreThereAfterTheShutdown() throws {
        let pool = try Fixture.pool()
        let name = WorkerName(role: "idle", index: 0)
        try pool.launch(name, configuration: WireConfiguration())
        _ = try pool.waitUntilReady([name])
        try pool.shutdown()
        var lastReport: [UInt8] = []
        while let event = try pool.nextEvent(deadline: 0) {
            if case .report(_, _, let content, true) = event { lastReport = content }
        }
        #expect(lastReport == Array("stopped".utf8))
    }

    @Test func aCrashNamesTheSignalAndTheLastWords() throws {
        let exit = try exit(of: "crashing")
        #expect(exit.status == .signal(SIGABRT))
        #expect(!exit.isExpected)
        #expect(exit.description.contains("crashing/0 was ended by SIGABRT (6)"))
        #expect(exit.standardError.contains("about to crash"))
    }

    @Test func anEarlyEndNamesTheCode() throws {
        let exit = try exit(of: "leaving")
        #expect(exit.status == .code(7))
        #expect(!exit.isExpected)
    }

    @Test func aThrownErrorReachesTheCoordinator() throws {
        let pool = try Fixture.pool()
        let name = WorkerName(role: "failing", index: 3)
        var configuration = WireConfiguration()
        configuration.scenarioText = "m.onnx"
        try pool.launch(name, configuration: configuration)
        let error = #expect(throws: RuntimeError.self) { try pool.waitUntilReady([name]) }
        #expect("\(try #require(error))" == "worker failing/3 failed: no model called m.onnx")
        var status: WorkerExit.Status?
        try events(pool, until: { status != nil }) {
            if case .exited(let exit) = $0 { status = exit.status }
        }
        #expect(status == .code(WorkerProcess.failureCode))
        try pool.shutdown()
    }

    @Test func workersThatAreNeverReadyAreNamed() throws {
        var limits = Fixture.limits
        // A busy machine takes its time to start processes.
        limits.ready = 10_000_000_000
        let pool = try Fixture.pool(limits)
        let names = ["idle", "unready"].map { WorkerName(role: $0, index: 0) }
        for name in names { try pool.launch(name, configuration: WireConfiguration()) }
        let error = #expect(throws: RuntimeError.self) { try pool.waitUntilReady(names) }
        let text = "\(try #require(error))"
        #expect(text.contains("unready/0 (is still loading its configuration)"))
        #expect(!text.contains("idle/0"))
        let pids = names.compactMap { pool.pid(of: $0) }
        try pool.shutdown()
        #expect(pids.count == 2 && pids.allSatisfy(Fixture.isGone))
    }

    @Test func aSilentWorkerIsNamedAndKilled() throws {
        var limits = Fixture.limits
        limits.silence = 1_500_000_000
        let pool = try Fixture.pool(limits)
        let name = WorkerName(role: "silent", index: 0)
        try pool.launch(name, configuration: WireConfiguration())
        _ = try pool.waitUntilReady([name])
        var reason: String?
        try events(pool, until: { reason != nil }) {
            if case .failed(name, let text) = $0 { reason = text }
        }
        #expect(reason == "sent nothing for 1.5 s")
        let pid = try #require(pool.pid(of: name))
        try pool.shutdown()
        #expect(Fixture.isGone(pid))
    }

    @Test func aKilledWorkerCanBeLaunchedAgain() throws {
        let pool = try Fixture.pool()
        let name = WorkerName(role: "idle", index: 0)
        for _ in 0..<2 {
            try pool.launch(name, configuration: WireConfiguration())
            _ = try pool.waitUntilReady([name])
            pool.kill(name)
            var exit: WorkerExit?
            try events(pool, until: { exit != nil }) { if case .exited(let e) = $0 { exit = e } }
            #expect(exit?.status == .signal(SIGKILL))
            #expect(exit?.isExpected == true)
        }
        #expect(pool.alive.isEmpty)
    }

    @Test func aMissingProgramIsAFailure() throws {
        let pool = try WorkerPool(executable: "/nonexistent/simcoord", handlesSignals: false)
        let name = WorkerName(role: "idle", index: 0)
        try pool.launch(name, configuration: WireConfiguration())
        let error = #expect(throws: RuntimeError.self) { try pool.waitUntilReady([name]) }
        #expect("\(try #require(error))".contains("could not be started"))
        try pool.shutdown()
    }

    /// How a worker of a role ends after its start.
    private func exit(of role: String) throws -> WorkerExit {
        let pool = try Fixture.pool()
        let name = WorkerName(role: role, index: 0)
        try pool.launch(name, configuration: WireConfiguration())
        _ = try pool.waitUntilReady([name])
        try pool.send(.start(WireStart()), to: name)
        var exit: WorkerExit?
        try events(pool, until: { exit != nil }) { if case .exited(let e) = $0 { exit = e } }
        try pool.shutdown()
        return try #require(exit)
    }

    /// Takes events until a condition holds, for at most 60 s.
    private func events(
        _ pool: WorkerPool,
        until isDone: () -> Bool,
        _ body: (WorkerEvent) -> Void
    ) throws {
        let deadline = pool.loop.now + 60_000_000_000
        while !isDone() {
            body(try #require(try pool.nextEvent(deadline: deadline), "nothing in 60 s"))
        }
    }
}
