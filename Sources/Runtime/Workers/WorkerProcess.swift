import CLinux
import FoundationEssentials
import Glibc
package import Messaging
import SimulationCore

/// A worker's side of the conversation with the coordinator.
///
/// It says hello, receives its configuration, hands the coordinator's messages to its role,
/// sends heartbeats from the loop, and keeps its report until it is acknowledged.
package final class WorkerProcess {
    /// Between heartbeats, in nanoseconds.
    package static let heartbeatInterval: Int64 = 250_000_000
    /// Bytes of one part of a report.
    package static let reportBytesBound = 16 << 20
    /// The exit code after a failure.
    package static let failureCode: Int32 = 4
    /// How long a failing worker waits for the coordinator to have heard of it, in nanoseconds.
    static let failureLinger: Int64 = 2_000_000_000

    package let name: WorkerName
    package let loop: EventLoop
    package let context: MessagingContext
    /// Shown in heartbeats.
    package var statistics = WireHeartbeat()

    private let control: Channel
    private var role: (any WorkerRole)?
    private var outbox = ReportOutbox()
    private var heartbeat: LoopTimer?
    private var resend: LoopTimer?
    private var isFailing = false

    /// Runs a worker until its report is acknowledged, then ends the process.
    ///
    /// - Parameters:
    ///   - name: From the command line.
    ///   - endpoint: The coordinator's control endpoint, from the command line.
    ///   - makeRole: The program to run; it holds the worker `unowned`.
    package static func main(
        _ name: WorkerName,
        control endpoint: String,
        makeRole: (WorkerProcess) throws -> any WorkerRole
    ) -> Never {
        do {
            // A terminal's Ctrl-C or end and a supervisor's SIGTERM reach the whole group; only the coordinator decides.
            for number in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { signal(number, SIG_IGN) }
            let token = try CoordinatorPipe.readToken()
            try CoordinatorPipe.exitAtEnd(code: failureCode)
            let worker = try WorkerProcess(name, control: endpoint)
            let code = worker.run(token: token, makeRole)
            _exit(code)
        } catch {
            StandardError.write("\(name): \(error)\n")
            _exit(failureCode)
        }
    }

    private init(_ name: WorkerName, control endpoint: String) throws {
        self.name = name
        loop = try EventLoop()
        context = try MessagingContext()
        let socket = try Socket(context, .dealer)
        try socket.connect(endpoint)
        let receiver = ControlReceiver()
        control = try loop.attach(socket) { frames in try receiver.worker?.receive(frames) }
        receiver.worker = self
    }

    /// The role has loaded and bound what it needs.
    ///
    /// - Parameter endpoints: What it bound, by name.
    /// - Throws: `MessagingError` or `RuntimeError.queueFull`.
    package func ready(endpoints: [String: String] = [:]) throws {
        var message = WireReady()
        message.endpoints = endpoints
        try send(.ready(message))
    }

    package func progress(done: UInt64, total: UInt64) throws {
        var message = WireProgress()
        message.done = done
        message.total = total
        try send(.progress(message))
    }

    /// Adds a part to the report; after the last one's acknowledgement the process ends with code 0.
    ///
    /// - Parameters:
    ///   - content: In the role's own encoding, at most `reportBytesBound` bytes.
    ///   - isLast: Whether the report ends with it.
    /// - Throws: `MessagingError` or `RuntimeError.queueFull`.
    package func report(_ content: [UInt8], isLast: Bool) throws {
        precondition(content.count <= Self.reportBytesBound, "split the report into parts")
        outbox.add(content, isLast: isLast)
        try sendReports()
    }

    private func run(
        token: String,
        _ makeRole: (WorkerProcess) throws -> any WorkerRole
    ) -> Int32 {
        do {
            role = try makeRole(self)
            heartbeat = loop.makeTimer { [unowned self] in try beat() }
            resend = loop.makeTimer { [unowned self] in try sendReports() }
            try sayHello(token: token)
            try beat()
            try loop.run(until: { outbox.isFinished })
        } catch {
            fail(error)
            // Without letting go of the role: its threads may be busy for long.
            return Self.failureCode
        }
        loop.close()
        role = nil
        return 0
    }

    private func sayHello(token: String) throws {
        var hello = WireHello()
        hello.role = name.role
        hello.index = UInt32(name.index)
        hello.pid = Int64(getpid())
        hello.token = token
        try send(.hello(hello))
    }

    private func beat() throws {
        try send(.heartbeat(statistics))
        heartbeat?.arm(at: loop.now + Self.heartbeatInterval)
    }

    fileprivate func receive(_ frames: [[UInt8]]) throws {
        guard let envelope = frames.first else { return }
        let message = try Wire.decodeControl(envelope)
        if isFailing {
            if case .stop(let stop) = message, stop.issueEndNs == 0 { loop.stop() }
            return
        }
        switch message {
        case .configuration(let configuration): try role?.configure(configuration)
        case .start(let start): try role?.start(epoch: start.epochNs)
        case .peerEnded(let peer): try role?.peerEnded(peer)
        case .stop(let stop) where stop.issueEndNs > 0:
            try role?.stopIssuing(at: SimulationTime(nanoseconds: stop.issueEndNs))
        case .stop:
            // A role that has ended its report already only waits for the acknowledgement.
            if !outbox.isClosed { try role?.stop() }
        case .reportAcknowledged(let acknowledged):
            outbox.acknowledge(acknowledged.part)
            try sendReports()
        case .hello, .ready, .heartbeat, .progress, .report, .failure:
            throw MessagingError.malformed(
                kind: "control message",
                reason: "it is one that workers send, not receive"
            )
        }
    }

    private func sendReports() throws {
        for part in outbox.due(now: loop.now) {
            var message = WireReport()
            message.content = Data(part.content)
            message.part = part.number
            message.last = part.isLast
            try send(.report(message))
        }
        if let next = outbox.nextResend { resend?.arm(at: next) } else { resend?.disarm() }
    }

    /// Tells the coordinator, and waits until it has heard.
    private func fail(_ error: any Error) {
        isFailing = true
        heartbeat?.disarm()
        resend?.disarm()
        do {
            var message = WireFailure()
            message.text = "\(error)"
            try send(.failure(message))
            let bound = loop.makeTimer { [unowned self] in loop.stop() }
            bound.arm(at: loop.now + Self.failureLinger)
            try loop.run()
        } catch let second {
            StandardError.write("\(name): \(error)\nthen: \(second)\n")
        }
    }

    private func send(_ message: ControlMessage) throws {
        try control.send([Wire.encode(message)])
    }
}

/// Lets the control socket's handler find the worker that is still being made.
private final class ControlReceiver {
    weak var worker: WorkerProcess?
}
