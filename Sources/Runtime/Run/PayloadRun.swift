import Cluster
import FoundationEssentials
package import Scenario

/// Makes one request's payload, for a device that is not simcoord's own.
package struct PayloadRun {
    /// A payload and what the edge server should make of it.
    package struct Result: Sendable {
        package var payload: [UInt8]
        package var prediction: Int32?
        package var label: Int32
    }

    private let scenario: Scenario
    private let options: ScenarioRun.Options

    package init(_ scenario: Scenario, options: ScenarioRun.Options) {
        self.scenario = scenario
        self.options = options
    }

    /// Runs head and coder of an operating point on one sample of the scenario's data set.
    ///
    /// - Throws: `InvalidInput` for a point or sample that is not there, or that sends nothing.
    package func execute(point name: String, sample: Int) throws -> Result {
        let prepared = try PreparedRun(scenario)
        guard let engine = prepared.engine else {
            throw InvalidInput("synthetic work has no payloads; name a scenario with a network")
        }
        guard let point = scenario.operatingPoints.firstIndex(where: { $0.name == name }),
            scenario.operatingPoints[point].isOffloaded, scenario.reachablePoints.contains(point)
        else {
            let known = scenario.reachablePoints.map { scenario.operatingPoints[$0] }
                .filter(\.isOffloaded).map { "“\($0.name)”" }
            throw InvalidInput(
                "--point: no policy can send “\(name)”; "
                    + (known.isEmpty
                        ? "let a device's policy choose an operating point that sends something"
                        : "write one of " + known.joined(separator: ", "))
            )
        }
        let (outcomes, plan) = try prepared.outcomes(options)
        guard case .network(let workload) = scenario.workload, let plan,
            outcomes.labels.indices.contains(sample)
        else {
            throw InvalidInput("--sample: write a number from 0 to \(outcomes.labels.count - 1)")
        }
        let executor = try DeviceExecutor(plan, engine: engine, points: [point])
        let samples = try SampleSet(workload.dataset, input: workload.input)
        return Result(
            payload: try executor.run(point, pixels: samples.pixels(sample)).payload,
            prediction: outcomes.outcomes[point][sample].prediction,
            label: outcomes.labels[sample]
        )
    }
}
