import Glibc
import Messaging
import Runtime

/// Behaves, or misbehaves, as its role's name says.
final class FixtureRole: WorkerRole {
    private unowned let worker: WorkerProcess
    private let threads: ExecutorThreads<Int>
    private var attachment: [UInt8] = []

    init(_ worker: WorkerProcess) throws {
        self.worker = worker
        threads = try ExecutorThreads(count: 1, name: "fixture", loop: worker.loop) { $0 }
    }

    func configure(_ configuration: WireConfiguration) throws {
        attachment = [UInt8](configuration.attachment)
        switch worker.name.role {
        case "unready": return
        case "failing": throw FixtureError(text: "no model called \(configuration.scenarioText)")
        case "silent":
            try worker.ready()
            // Holds up the loop, heartbeats included, until it is killed.
            try threads.submit({ _ in }, completion: { _ in while true { pause() } })
            return
        case "busy":
            // An inference that never ends must not keep the process alive.
            try threads.submit({ _ in while true { pause() } }, completion: { _ in })
        default: break
        }
        try worker.ready(endpoints: ["data": "tcp://127.0.0.1:\(worker.name.index)"])
    }

    func start(epoch: Int64) throws {
        switch worker.name.role {
        case "crashing":
            // More than is kept of it.
            let words = Array(("about to crash\n" + String(repeating: "frame\n", count: 2000)).utf8)
            _ = write(STDERR_FILENO, words, words.count)
            abort()
        case "leaving":
            _exit(7)
        case "echo":
            try worker.progress(done: 1, total: 2)
            let bytes = attachment
            try threads.submit({ _ in Array(bytes.reversed()) }) { [self] result in
                guard case .success(let reversed) = result else { return }
                try worker.report(attachment, isLast: false)
                try worker.report(reversed, isLast: true)
            }
        default: break
        }
    }

    func stop() throws { try worker.report(Array("stopped".utf8), isLast: true) }
}

struct FixtureError: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
}
