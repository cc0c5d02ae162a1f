import FoundationEssentials
import Messaging

extension WorkerPool {
    /// A message on the control socket.
    func receive(_ frames: [[UInt8]]) throws {
        guard frames.count == 2 else { return }
        let message: ControlMessage
        do {
            message = try Wire.decodeControl(frames[1])
        } catch {
            // From a known worker it is a fault; from a stranger on the port it is noise.
            if let worker = namesByPeer[frames[0]].flatMap({ workers[$0] }) {
                fail(worker, "sent a message that cannot be read: \(error)")
            }
            return
        }
        if case .hello(let hello) = message { return try welcome(hello, peer: frames[0]) }
        guard let worker = namesByPeer[frames[0]].flatMap({ workers[$0] }),
            worker.peer == frames[0]
        else { return }
        worker.lastSeen = loop.now
        worker.isSuspect = false
        try handle(message, from: worker)
    }

    private func welcome(_ hello: WireHello, peer: [UInt8]) throws {
        let name = WorkerName(role: hello.role, index: Int(hello.index))
        guard let worker = workers[name], worker.phase == .launched, worker.token == hello.token
        else { return }
        worker.peer = peer
        worker.pid = Int32(clamping: hello.pid)
        worker.phase = .configured
        worker.lastSeen = loop.now
        namesByPeer[peer] = name
        try send(.configuration(worker.configuration), to: name)
    }

    private func handle(_ message: ControlMessage, from worker: WorkerHandle) throws {
        switch message {
        case .ready(let ready):
            worker.phase = .ready
            events.append(.ready(worker.name, endpoints: ready.endpoints))
        case .heartbeat(let heartbeat):
            events.append(.heartbeat(worker.name, heartbeat))
        case .progress(let progress):
            worker.progressedAt = loop.now
            events.append(.progress(worker.name, done: progress.done, total: progress.total))
        case .report(let report):
            try accept(report, from: worker)
        case .failure(let failure):
            fail(worker, "failed: \(failure.text)")
            // Tells it that the failure has arrived; it exits now.
            try send(.stop(WireStop()), to: worker.name)
        case .hello, .configuration, .start, .reportAcknowledged, .peerEnded, .stop:
            fail(worker, "sent a message that only the coordinator sends")
        }
    }

    private func accept(_ report: WireReport, from worker: WorkerHandle) throws {
        let action = worker.inbox.receive(part: report.part, isLast: report.last)
        guard action != .ignore else { return }
        if action == .accept {
            events.append(
                .report(
                    worker.name,
                    part: Int(report.part),
                    content: [UInt8](report.content),
                    isLast: report.last
                )
            )
            if report.last {
                worker.phase = .finished
                worker.isEndExpected = true
            }
        }
        var acknowledged = WireReportAcknowledged()
        acknowledged.part = report.part
        try send(.reportAcknowledged(acknowledged), to: worker.name)
    }

    /// News of a process from its launcher.
    func handle(_ notice: WorkerLauncher.Notice) throws {
        switch notice {
        case .started(let name, let pid):
            workers[name]?.pid = pid
        case .notStarted(let name, let reason):
            guard let worker = workers[name] else { return }
            end(worker)
            fail(worker, "could not be started: \(reason)")
        case .ended(let name, let status):
            guard let worker = workers[name] else { return }
            // What it sent before its end has arrived, or is about to: look once more.
            _ = try control.work()
            end(worker)
            events.append(
                .exited(
                    WorkerExit(
                        name: name,
                        status: status,
                        isExpected: worker.isEndExpected,
                        standardError: worker.lastWords
                    )
                )
            )
        }
    }

    private func end(_ worker: WorkerHandle) {
        worker.phase = .ended
        if let peer = worker.peer { namesByPeer[peer] = nil }
        _ = worker.readError()
        loop.unwatch(worker.errorReader)
        worker.closeError()
        worker.closeInput()
    }

    func fail(_ worker: WorkerHandle, _ reason: String) {
        worker.isEndExpected = true
        guard !worker.hasFailed else { return }
        worker.hasFailed = true
        events.append(.failed(worker.name, reason: reason))
    }
}
