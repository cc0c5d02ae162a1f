import Cluster
import FoundationEssentials
import Messaging
import Scenario

/// What a process of a wall run knows before it starts.
struct WallContext {
    let scenario: Scenario
    let assignment: WallAssignment
    let outcomes: OutcomeTable
    /// Nil for synthetic work.
    let plan: NetworkPlan?
    /// Of synthetic work, which is drawn and not executed.
    let serviceTimes: ServiceTimes?
    let dilation: Double

    init(_ configuration: WireConfiguration) throws {
        scenario = try WorkerScenario.load(configuration)
        assignment = try JSONDecoder().decode(WallAssignment.self, from: configuration.attachment)
        outcomes = assignment.table
        dilation = configuration.dilation == 0 ? 1 : configuration.dilation
        switch scenario.workload {
        case .network(let workload):
            var plan = try NetworkPlan(workload: workload, points: scenario.operatingPoints)
            try plan.adopt(codecDescriptions: assignment.codecDescriptions.map { [UInt8]($0) })
            self.plan = plan
            serviceTimes = nil
        case .synthetic(let work):
            plan = nil
            serviceTimes = ServiceTimes(synthetic: work, scenario: scenario)
        }
    }

    /// The size of a result on a downlink.
    var resultBytes: Int { scenario.resultBytes(classes: outcomes.classes) }
}
