import Foundation
import Glibc
import Testing

/// A coordinator's end takes its workers with it, though their inference threads are busy.
@Suite(.ownThread) struct CoordinatorEndTests {
    @Test(arguments: [SIGKILL, SIGINT, SIGTERM, SIGHUP])
    func leavesNoProcessBehind(signal: Int32) throws {
        let coordinator = Process()
        let output = Pipe()
        coordinator.executableURL = URL(fileURLWithPath: try Fixture.executable)
        coordinator.arguments = ["coordinate", "2"]
        coordinator.standardInput = FileHandle.nullDevice
        coordinator.standardOutput = output
        try coordinator.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        let pids = line.split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
        try #require(pids.count == 2, "the coordinator said: \(line)")
        #expect(pids.allSatisfy { kill($0, 0) == 0 })
        kill(coordinator.processIdentifier, signal)
        coordinator.waitUntilExit()
        if signal == SIGKILL {
            #expect(coordinator.terminationReason == .uncaughtSignal)
        } else {
            #expect(coordinator.terminationReason == .exit)
            #expect(coordinator.terminationStatus == 130)
        }
        #expect(pids.allSatisfy(Fixture.isGone))
    }
}
