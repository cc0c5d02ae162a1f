import Messaging
package import Scenario

/// An edge site without devices of its own: serves devices outside simcoord until it is interrupted.
package struct ServeRun {
    private let scenario: Scenario
    private let options: ScenarioRun.Options

    package init(_ scenario: Scenario, options: ScenarioRun.Options) {
        self.scenario = scenario
        self.options = options
    }

    /// Starts the gateway and the replicas, and returns after one of `StopSignals`.
    ///
    /// - Parameter announce: Called with the endpoint that devices connect to.
    /// - Throws: `InvalidInput` before anything is started; `RuntimeError` when a process fails.
    package func execute(announce: (String) -> Void) throws {
        let prepared = try PreparedRun(scenario)
        _ = try WallRun.dilation(for: scenario)
        let (outcomes, plan) = try prepared.outcomes(options)
        let run = try WallRun(
            scenario: scenario,
            plan: plan,
            outcomes: outcomes,
            workers: 1,
            isQuiet: options.isQuiet
        )
        let pool = try WorkerPool()
        do {
            var configuration = try run.configuration(isOpen: true)
            _ = try run.launchEdge(pool, &configuration)
            var start = WireStart()
            start.epochNs = pool.loop.now
            try pool.broadcast(.start(start))
            announce(configuration.endpoints["devices"] ?? "")
            try waitForInterruption(pool)
            try pool.shutdown()
        } catch {
            try pool.shutdown()
            throw error
        }
    }

    /// Goes on as long as there is the gateway and one replica.
    private func waitForInterruption(_ pool: WorkerPool) throws {
        var replicas = Set(pool.alive.filter { $0.role == WorkerRoles.replica })
        func lost(_ name: WorkerName, _ reason: String) throws {
            if name.role == WorkerRoles.replica, replicas.remove(name) == nil { return }
            guard name.role == WorkerRoles.replica, !replicas.isEmpty else {
                throw RuntimeError.worker(name: "\(name)", reason: reason)
            }
            StandardError.write("simcoord: \(name) \(reason); the others go on\n")
            try pool.withdraw(name)
        }
        while true {
            switch try pool.nextEvent() {
            case .interrupted: return
            case .failed(let name, let reason): try lost(name, reason)
            case .exited(let exit): try lost(exit.name, exit.reason)
            case .ready, .heartbeat, .progress, .report, nil: continue
            }
        }
    }
}
