import Foundation
import Glibc
import Runtime
import Testing

/// The test-only program and what tests ask about processes.
enum Fixture {
    /// Beside the test bundle, where the build puts every product.
    static var executable: String {
        get throws {
            let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            let path = folder.appendingPathComponent("WorkerFixture").path
            try #require(
                FileManager.default.isExecutableFile(atPath: path),
                "no WorkerFixture at \(path)"
            )
            return path
        }
    }

    /// Limits short enough for a test, yet long for a busy machine.
    static var limits: WorkerLimits {
        var limits = WorkerLimits()
        limits.stop = 300_000_000
        return limits
    }

    static func pool(_ limits: WorkerLimits = Fixture.limits) throws -> WorkerPool {
        try WorkerPool(executable: executable, limits: limits, handlesSignals: false)
    }

    /// Waits, at most 20 s, until a process is gone.
    static func isGone(_ pid: Int32) -> Bool {
        for _ in 0..<2_000 {
            if kill(pid, 0) != 0, errno == ESRCH { return true }
            if isZombie(pid) { return true }
            usleep(10_000)
        }
        return false
    }

    /// A killed coordinator's workers are reaped by the machine's first process, in its own time.
    private static func isZombie(_ pid: Int32) -> Bool {
        guard let status = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else {
            return true
        }
        return status.split(separator: ")").last?.hasPrefix(" Z") ?? true
    }
}
