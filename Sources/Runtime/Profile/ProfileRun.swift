package import Cluster
package import Inference
import Results
package import Scenario

/// Measures how long every stage of a scenario takes on this host.
///
/// A duration is the CPU time of the thread that computes, as under the wall clock: other programs
/// lengthen it only through caches and shared cores. What is measured takes turns, a few
/// repetitions each: a noisy second falls on everything a little and on nothing alone.
/// A network that is run now and then, between other work, takes longer than one that is run all the
/// time, the more so the smaller it is: that is what `LiveProfileRun` measures.
package struct ProfileRun {
    package struct Options: Sendable {
        /// With fewer, not even two samples would stand for the slowest hundredth.
        package static let leastRepetitions = 200

        /// Samples of each measurement, at least.
        package var repetitions = leastRepetitions
        /// Of tails; nil for 1, 2, 4, … up to the largest batch of the scenario's edge servers.
        package var batchSizes: [Int]?
        /// Slots that compute at once; nil for 1, 2, 4, … up to the most slots of an edge server,
        /// or the host's processors when they are fewer.
        package var busySlots: [Int]?
        /// Measuring is refused when it would take longer, in seconds.
        package var limit = 900
        /// What the profile says that measured it.
        package var command: String
        package var isQuiet = false

        package init(command: String) { self.command = command }
    }

    /// Repetitions of one thing before it is the next one's turn.
    private static let burst = 5

    private let scenario: Scenario
    private let engine: InferenceEngine
    private let options: Options

    package init(_ scenario: Scenario, engine: InferenceEngine, options: Options) {
        precondition(options.repetitions > 0, "a profile needs samples")
        self.scenario = scenario
        self.engine = engine
        self.options = options
    }

    /// Measures all operating points of the scenario, whether a policy may choose them or not.
    ///
    /// Edge servers with a profile of their own are left out.
    ///
    /// - Throws: `InvalidInput` for synthetic work, for a network that does not fit the scenario, or
    ///   when it would take longer than `limit`; `InferenceError`, `RuntimeError`.
    package func measure() throws -> ServiceProfile { try measure { _ in true } }

    /// Measures some of it.
    func measure(where isWanted: (ProfileJob) -> Bool) throws -> ServiceProfile {
        guard case .network(let workload) = scenario.workload else {
            throw Self.syntheticWork
        }
        let points = scenario.operatingPoints
        var plan = try NetworkPlan(workload: workload, points: points)
        try plan.calibrate(points: Array(points.indices), engine: engine)
        let jobs = ProfileJob.all(points, batches: batchSizes, busySlots: busySlots)
            .filter(isWanted)
        var bench = try ProfileBench(
            plan,
            engine: engine,
            batches: batchSizes,
            mostBusy: busySlots.max() ?? 1
        )
        try repeatAll(jobs, on: &bench)
        return ServiceProfile(
            host: .current(engine),
            network: plan.networkDigest,
            command: options.command,
            measurements: bench.table.measurements
        )
    }

    static var syntheticWork: InvalidInput {
        InvalidInput(
            "model.synthetic: synthetic work has no service times to measure; name a network in "
                + "model.onnx"
        )
    }

    private func repeatAll(_ jobs: [ProfileJob], on bench: inout ProfileBench) throws {
        let start = MonotonicClock.now
        for job in jobs { try bench.run(job, repetitions: 1) }
        bench.forget()
        try checkDuration(ofOne: MonotonicClock.now - start)
        var line = ProgressLine(
            label: "Measuring",
            unit: "repetitions",
            total: options.repetitions,
            isShown: !options.isQuiet
        )
        var done = 0
        while done < options.repetitions {
            let burst = min(Self.burst, options.repetitions - done)
            for job in jobs { try bench.run(job, repetitions: burst) }
            done += burst
            line.update(done)
        }
        line.finish()
    }

    /// Refuses what would take too long, judged by the nanoseconds that one repetition of everything
    /// took, cold caches and all.
    private func checkDuration(ofOne nanoseconds: Int64) throws(InvalidInput) {
        let seconds = Int(nanoseconds) * options.repetitions / 1_000_000_000
        guard seconds > options.limit else { return }
        throw InvalidInput(
            "measuring would take about \(seconds) s, more than the \(options.limit) s allowed; give "
                + "the scenario fewer operating points, a smaller batch.max or fewer slots"
        )
    }

    private var servers: [EdgeGroup] { scenario.edges.filter { $0.profile == nil } }

    private var batchSizes: [Int] {
        options.batchSizes ?? ProfileJob.doublings(to: servers.map(\.batch.max).max() ?? 1)
    }

    private var busySlots: [Int] {
        let slots = min(servers.map(\.slots).max() ?? 1, HostDescription.current().cores)
        return options.busySlots ?? ProfileJob.doublings(to: slots)
    }
}

extension ServiceProfile.Host {
    /// This machine, with the engine that runs on it.
    static func current(_ engine: InferenceEngine) -> Self {
        let host = HostDescription.current()
        return Self(processor: host.processor, cores: host.cores, engine: engine.identity)
    }
}
