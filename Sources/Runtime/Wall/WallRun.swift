package import Cluster
import FoundationEssentials
import ImageCodecs
import Messaging
package import Results
package import Scenario
import SimulationCore

/// A run under the wall clock: starts the processes, keeps the record, and judges whether real time
/// kept up.
package struct WallRun {
    let scenario: Scenario
    let outcomes: OutcomeTable
    let isQuiet: Bool
    let dilation: Double
    private let plan: NetworkPlan?
    private let measures: Bool
    private let workers: Int
    private let executable: String

    /// From the last worker's readiness to time 0, in nanoseconds: messages have to arrive by then.
    private static let lead: Int64 = 300_000_000

    /// Takes a scenario that was read from a file.
    ///
    /// - Parameters:
    ///   - scenario: What to run.
    ///   - plan: With the codecs that the outcomes were made with; nil for synthetic work.
    ///   - outcomes: What policies know in advance, and what every request is held against.
    ///   - workers: Device hosts.
    ///   - dilation: How many times slower than real time; by default just slow enough for the hardware.
    ///   - isQuiet: Whether to show no progress.
    ///   - measures: Whether the result holds how long every stage took.
    ///   - executable: The program that becomes a worker; this very program by default.
    /// - Throws: `InvalidInput` for a dilation that is too small, or hardware that cannot be executed.
    package init(
        scenario: Scenario,
        plan: NetworkPlan?,
        outcomes: OutcomeTable,
        workers: Int,
        dilation: Double? = nil,
        isQuiet: Bool,
        measures: Bool = false,
        executable: String = "/proc/self/exe"
    ) throws(InvalidInput) {
        self.scenario = scenario
        self.plan = plan
        self.outcomes = outcomes
        self.workers = max(1, min(workers, Int(scenario.deviceCount)))
        self.isQuiet = isQuiet
        self.measures = measures
        self.executable = executable
        self.dilation = try Self.dilation(for: scenario, wanted: dilation)
    }

    /// How many devices share a device host at most, on whose one thread they compute.
    var devicesPerHost: Int { (Int(scenario.deviceCount) + workers - 1) / workers }

    /// Checks what a wall run needs beyond the scenario itself.
    ///
    /// - Returns: how many times slower than real time the run has to go, or was asked to go.
    package static func dilation(
        for scenario: Scenario,
        wanted: Double? = nil
    ) throws(InvalidInput) -> Double {
        if case .synthetic(let work) = scenario.workload {
            let bytes = max(work.payloadBytes, work.resultBytes)
            guard bytes <= Socket.frameBytesBound else {
                throw InvalidInput(
                    "model.synthetic: \(bytes) bytes are more than the \(Socket.frameBytesBound) that a message "
                        + "between the processes of a wall run can carry; run it under the virtual clock"
                )
            }
            return max(1, wanted ?? 1)
        }
        if case .network(let workload) = scenario.workload, case .folder = workload.dataset.files {
            let most = RecentPixels.bound / workload.input.count
            guard workload.dataset.count <= most else {
                throw InvalidInput(
                    "dataset: a wall run keeps all samples decoded, of these \(most) at most; write a smaller "
                        + "dataset.limit, or run it under the virtual clock"
                )
            }
        }
        let foreign = scenario.edges.filter { $0.profile != nil || $0.hardware.needsOwnProfile }
        guard foreign.isEmpty else {
            throw InvalidInput(
                foreign.map {
                    "edges: “\($0.name)” is described by a profile of its own, so this host cannot "
                        + "execute it; run it under the virtual clock, or choose other hardware"
                }
            )
        }
        let factors =
            scenario.devices.map(\.hardware.factors) + scenario.edges.map(\.hardware.factors)
        let fastest = factors.flatMap { [$0.inference, $0.coding] }.filter { $0 > 0 }.min() ?? 1
        let needed = max(1, 1 / fastest)
        guard let wanted else { return needed }
        guard wanted.isFinite, wanted >= needed else {
            throw InvalidInput(
                "a dilation of \(wanted) is too small for the hardware; write \(needed) or more"
            )
        }
        return wanted
    }

    /// Runs to the end of the drain, or until nothing is open any more.
    ///
    /// - Parameters:
    ///   - recorder: Takes each request as its host reports it.
    ///   - handlesSignals: Whether `StopSignals` end the run.
    /// - Returns: What is known beside the requests.
    /// - Throws: `ResultsError`, or `RuntimeError`, with the record as far as it got.
    package func execute(recorder: RunRecorder, handlesSignals: Bool = true) throws -> WallResult {
        let pool = try WorkerPool(executable: executable, handlesSignals: handlesSignals)
        do {
            let names = try launch(pool)
            let session = WallSession(run: self, pool: pool, names: names, recorder: recorder)
            let epoch = pool.loop.now + Self.lead
            var start = WireStart()
            start.epochNs = epoch
            try pool.broadcast(.start(start))
            let result = try session.execute(RunClock(epoch: epoch, dilation: dilation))
            try pool.shutdown()
            return result
        } catch {
            try pool.shutdown()
            throw error
        }
    }

    /// Starts all processes and waits until they are ready.
    private func launch(_ pool: WorkerPool) throws -> [WorkerName] {
        var configuration = try configuration()
        let edge = try launchEdge(pool, &configuration)
        let hosts = (0..<workers).map { WorkerName(role: WorkerRoles.deviceHost, index: $0) }
        for name in hosts { try pool.launch(name, configuration: configuration) }
        _ = try pool.waitUntilReady(hosts)
        return edge + hosts
    }

    /// What every process is told.
    ///
    /// - Parameter isOpen: whether devices outside simcoord may take part.
    /// - Returns: the configuration, without endpoints.
    /// - Throws: what encoding throws.
    func configuration(isOpen: Bool = false) throws -> WireConfiguration {
        let assignment = WallAssignment(
            outcomes,
            codecDescriptions: plan?.codecDescriptions ?? [],
            isOpen: isOpen,
            measures: measures,
            token: String(UInt64.random(in: .min ... .max), radix: 16)
        )
        var configuration = try WorkerScenario.configuration(
            scenario,
            attachment: JSONEncoder().encode(assignment)
        )
        configuration.dilation = dilation
        configuration.workers = UInt32(workers)
        return configuration
    }

    /// Starts the gateway, whose endpoints are added to the configuration, and the replicas.
    func launchEdge(
        _ pool: WorkerPool,
        _ configuration: inout WireConfiguration
    ) throws -> [WorkerName] {
        let gateway = WorkerName(role: WorkerRoles.gateway, index: 0)
        try pool.launch(gateway, configuration: configuration)
        configuration.endpoints = try pool.waitUntilReady([gateway])[gateway] ?? [:]
        let replicas = scenario.replicaNames.indices.map {
            WorkerName(role: WorkerRoles.replica, index: $0)
        }
        for name in replicas { try pool.launch(name, configuration: configuration) }
        _ = try pool.waitUntilReady(replicas)
        return [gateway] + replicas
    }
}
