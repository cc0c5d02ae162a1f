extension WorkerPool {
    /// Waits until workers are ready.
    ///
    /// - Parameter names: Workers that were launched. Other workers' events are kept for `nextEvent`.
    /// - Returns: The endpoints that each of them bound.
    /// - Throws: `RuntimeError` when one is not ready in time (all that are missing are named), fails or
    ///   ends, or on an interruption.
    package func waitUntilReady(
        _ names: [WorkerName]
    ) throws -> [WorkerName: [String: String]] {
        var missing = Set(names)
        var endpoints: [WorkerName: [String: String]] = [:]
        var others: [WorkerEvent] = []
        defer { events.insert(contentsOf: others, at: 0) }
        while !missing.isEmpty {
            let deadline = missing.compactMap { workers[$0]?.progressedAt }.min()
                .map { $0 + limits.ready }
            guard let event = try nextEvent(deadline: deadline) else {
                throw RuntimeError.notReady(
                    workers: missing.sorted().map { "\($0) (\(workers[$0]?.obstacle ?? ""))" },
                    seconds: seconds(limits.ready)
                )
            }
            switch event {
            case .ready(let name, let bound) where missing.contains(name):
                missing.remove(name)
                endpoints[name] = bound
            case .failed(let name, let reason):
                throw RuntimeError.worker(name: "\(name)", reason: reason)
            case .exited(let exit) where missing.contains(exit.name):
                throw RuntimeError.worker(name: "\(exit.name)", reason: exit.reason)
            case .interrupted(let signal):
                throw RuntimeError.interrupted(signal: signal)
            case .heartbeat, .progress:
                continue
            default:
                others.append(event)
            }
        }
        return endpoints
    }

    func armCheck() {
        let span = min(limits.silence / 4, limits.ready / 4, 1_000_000_000)
        checkTimer.arm(at: loop.now + max(span, 1_000_000))
    }

    /// Looks for workers that are late or silent.
    func check() throws {
        for name in alive {
            guard let worker = workers[name] else { continue }
            switch worker.phase {
            case .launched, .configured: checkReady(worker)
            case .ready: checkSilence(worker)
            case .finished, .ended: break
            }
        }
        armCheck()
    }

    private func checkReady(_ worker: WorkerHandle) {
        guard loop.now - worker.progressedAt > limits.ready else { return }
        fail(worker, "was not ready after \(seconds(limits.ready)) s: it \(worker.obstacle)")
    }

    private func checkSilence(_ worker: WorkerHandle) {
        guard loop.now - worker.lastSeen > limits.silence else { return }
        if worker.isSuspect { fail(worker, "sent nothing for \(seconds(limits.silence)) s") }
        worker.isSuspect = true
    }

    private func seconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds) / 1e9 }
}
