import Foundation
import Messaging
import Testing

@testable import Runtime

/// A real worker against a coordinator that does not acknowledge at first.
@Suite(.ownThread) struct ReportResendTests {
    @Test func aWorkerSendsItsReportAgainAndLeavesAfterTheAcknowledgement() throws {
        let socket = try Socket(MessagingContext(), .router)
        let endpoint = try socket.bind("tcp://127.0.0.1:*")
        let worker = Process()
        let input = Pipe()
        worker.executableURL = URL(fileURLWithPath: try Fixture.executable)
        worker.arguments = [
            "worker", "--role", "idle", "--index", "0", "--control", endpoint,
        ]
        worker.standardInput = input
        try worker.run()
        input.fileHandleForWriting.write(Data("secret\n".utf8))

        let loop = try EventLoop()
        var tokens: [String] = []
        var reports = 0
        var channel: Channel?
        channel = try loop.attach(socket) { frames in
            func answer(_ message: ControlMessage) throws {
                try channel?.send([frames[0], Wire.encode(message)])
            }
            switch try Wire.decodeControl(frames[1]) {
            case .hello(let hello):
                tokens.append(hello.token)
                try answer(.configuration(WireConfiguration()))
            case .ready:
                try answer(.stop(WireStop()))
            case .report(let report):
                #expect(report.part == 0 && report.last)
                #expect(report.content == Data("stopped".utf8))
                #expect(worker.isRunning)
                reports += 1
                if reports == 2 { try answer(.reportAcknowledged(WireReportAcknowledged())) }
            default: break
            }
        }
        let bound = loop.makeTimer { loop.stop() }
        bound.arm(at: loop.now + 20_000_000_000)
        let poll = loop.makeTimer {}
        try loop.run(until: {
            if poll.deadline == nil { poll.arm(at: loop.now + 10_000_000) }
            return !worker.isRunning
        })
        #expect(tokens == ["secret"])
        #expect(reports == 2)
        #expect(!worker.isRunning && worker.terminationStatus == 0)
        try input.fileHandleForWriting.close()
    }
}
