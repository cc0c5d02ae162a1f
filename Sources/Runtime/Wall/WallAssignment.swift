import Cluster
import FoundationEssentials

/// What the processes of a wall run are told beside the scenario.
struct WallAssignment: Codable, Sendable {
    /// By operating point; empty where there is none.
    var codecDescriptions: [Data]
    /// The outcome table by operating point, from which policies know sizes and accuracies.
    var outcomes: [Data]
    var labels: [Int32]
    var classes: Int
    /// Tells the run's own processes from others that find the gateway's port.
    var token: String
    /// Whether devices outside simcoord may take part.
    var isOpen: Bool
    /// Whether to report how long every stage took.
    var measures: Bool

    init(
        _ table: OutcomeTable,
        codecDescriptions: [[UInt8]],
        isOpen: Bool,
        measures: Bool,
        token: String
    ) {
        self.codecDescriptions = codecDescriptions.map { Data($0) }
        outcomes = table.outcomes.map { Data(OutcomeRows.encode($0)) }
        labels = table.labels
        classes = table.classes
        self.isOpen = isOpen
        self.measures = measures
        self.token = token
    }

    var table: OutcomeTable {
        OutcomeTable(
            outcomes: outcomes.map { OutcomeRows.decode([UInt8]($0)) ?? [] },
            labels: labels,
            classes: classes
        )
    }
}
