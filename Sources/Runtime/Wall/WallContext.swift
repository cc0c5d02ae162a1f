import Cluster
import FoundationEssentials
import Messaging
import Scenario

/// What a process of a wall run knows before it starts; a class, as it is looked at for every message.
final class WallContext {
    let scenario: Scenario
    let assignment: WallAssignment
    let outcomes: OutcomeTable
    /// Nil for synthetic work.
    let plan: NetworkPlan?
    /// Of synthetic work, which is drawn and not executed.
    let serviceTimes: ServiceTimes?
    let dilation: Double
    /// By operating point: whether the edge site serves it.
    let isServed: [Bool]
    /// By operating point: whether a part of the network, or synthetic work, runs on the device.
    let hasHead: [Bool]

    init(_ configuration: WireConfiguration) throws {
        scenario = try WorkerScenario.load(configuration)
        assignment = try JSONDecoder().decode(WallAssignment.self, from: configuration.attachment)
        outcomes = assignment.table
        dilation = configuration.dilation == 0 ? 1 : configuration.dilation
        let points = scenario.operatingPoints
        let reachable = Set(scenario.reachablePoints)
        isServed = points.indices.map { reachable.contains($0) && points[$0].isOffloaded }
        hasHead = points.map(\.hasHead)
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
