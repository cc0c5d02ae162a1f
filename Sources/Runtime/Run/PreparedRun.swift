import Bottleneck
import Cluster
import FoundationEssentials
import Hashing
import Inference
import Results
import Scenario
import SimulationCore

/// Everything of a run that can be wrong is found here, before anything is started or written.
struct PreparedRun {
    let scenario: Scenario
    /// Nil for synthetic work.
    let engine: InferenceEngine?
    private let plan: NetworkPlan?
    private let profile: ServiceProfile?
    private let edgeProfiles: [ServiceProfile?]
    let profileDescription: ProfileDescription?

    /// - Throws: `InvalidInput`, or `InferenceError` when the engine does not start.
    init(_ scenario: Scenario) throws {
        self.scenario = scenario
        guard case .network(let workload) = scenario.workload else {
            (engine, plan, profile, profileDescription) = (nil, nil, nil, nil)
            edgeProfiles = []
            return
        }
        let plan = try NetworkPlan(workload: workload, points: scenario.operatingPoints)
        let engine = try InferenceEngine()
        do {
            _ = try engine.compile(
                onnx: plan.networkBytes,
                name: workload.onnx,
                shapes: .batch(1)
            )
        } catch {
            throw InvalidInput("\(error)")
        }
        (self.plan, self.engine) = (plan, engine)
        let samples = try SampleSet(workload.dataset, input: workload.input)
        try samples.check(classes: plan.classes)
        _ = try samples.pixels(0)
        guard scenario.clock == .virtual, let path = scenario.profile else {
            (profile, profileDescription) = (nil, nil)
            edgeProfiles = []
            return
        }
        let profile = try ServiceProfile.load(path: path)
        try profile.check(network: plan.networkDigest, path: path)
        edgeProfiles = try scenario.edges.map { group throws(InvalidInput) in
            guard let path = group.profile else { return nil }
            let profile = try ServiceProfile.load(path: path)
            try profile.check(network: plan.networkDigest, path: path)
            return profile
        }
        self.profile = profile
        let bytes = FileManager.default.contents(atPath: path) ?? Data()
        profileDescription = ProfileDescription(
            name: URL(filePath: path).lastPathComponent,
            digest: SHA256.hash(data: bytes).hexadecimal,
            processor: profile.host.processor
        )
        _ = try serviceTimes()
    }

    /// How long everything takes under the virtual clock.
    func serviceTimes() throws(InvalidInput) -> ServiceTimes {
        if case .synthetic(let work) = scenario.workload {
            return ServiceTimes(synthetic: work, scenario: scenario)
        }
        guard let profile else { throw InvalidInput("profile: write the path of a profile") }
        do {
            return try ServiceTimes(
                profile: profile,
                edgeProfiles: edgeProfiles,
                scenario: scenario
            )
        } catch {
            throw InvalidInput("profile: \(error)")
        }
    }

    /// The outcome table, and the plan with the codecs that it was made with.
    ///
    /// - Parameters:
    ///   - options: How many workers compute it, and where it is kept.
    ///   - isInterrupted: Asked before workers are started; these then look after signals themselves.
    /// - Returns: The plan is nil for synthetic work.
    /// - Throws: `RuntimeError`, or `InferenceError` of the calibration.
    func outcomes(
        _ options: ScenarioRun.Options,
        isInterrupted: () -> Int32? = { nil }
    ) throws -> (OutcomeTable, NetworkPlan?) {
        if case .synthetic(let work) = scenario.workload {
            return (OutcomeTable(syntheticPayloadBytes: work.payloadBytes), nil)
        }
        guard var plan, let engine else { preconditionFailure("network work has a plan") }
        let table = try OutcomeTableBuilder(
            scenario: scenario,
            engine: engine,
            workers: options.workers,
            cache: options.cache,
            isQuiet: options.isQuiet
        ).build(&plan, isInterrupted: isInterrupted)
        return (table, plan)
    }
}
