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

    /// Starts the gateway and the replicas, and returns after SIGINT or SIGTERM.
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
            var configuration = try run.configuration()
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

    private func waitForInterruption(_ pool: WorkerPool) throws {
        while true {
            switch try pool.nextEvent() {
            case .interrupted: return
            case .failed(let name, let reason):
                throw RuntimeError.worker(name: "\(name)", reason: reason)
            case .exited(let exit):
                throw RuntimeError.worker(name: "\(exit.name)", reason: exit.reason)
            case .waiting, .ready, .heartbeat, .progress, .report, nil: continue
            }
        }
    }
}
