import Scenario
import SimulationCore

/// The paths that expectations may name in a run of a given layout.
package struct KnownPaths: Sendable {
    /// Every path to a figure, in the summary's order, list elements by name; for suggestions.
    package let all: [String]
    private let template: SummaryValue

    package init(layout: RunLayout) {
        let edges = layout.replicas.map {
            EdgeStatistics(
                name: $0,
                slots: 1,
                observed: .zero,
                busySlotNanoseconds: 0,
                batches: 0,
                requests: 0,
                queueNanoseconds: 0,
                joules: 0
            )
        }
        let groups = layout.deviceGroups.map { _ in
            RequestStatistics(operatingPointCount: layout.operatingPoints.count)
        }
        let host = HostDescription(processor: "", cores: 0, system: "", swift: "")
        var closing = RunClosing(
            edges: edges,
            expectations: [],
            host: host,
            pacing: layout.clock == .wall ? PacingSummary() : nil
        )
        closing.allSamples = layout.operatingPoints.map { _ in
            AllSamplesSummary(meanBytes: 0, accuracy: 0)
        }
        let summary = Summary(
            layout: layout,
            groups: groups,
            sequences: Array(repeating: LatencySequence(), count: groups.count + 1),
            closing: closing,
            digest: "",
            record: .none
        )
        template = summary.tree
        all = template.figurePaths(prefix: "")
    }

    /// Whether a run's summary has this figure, though it may be null for want of requests.
    package func isKnown(_ path: String) -> Bool {
        switch template.lookUp(path) {
        case .number, .absent: true
        case .nowhere, .notNumeric, .unknown: false
        }
    }
}

extension SummaryValue {
    fileprivate func figurePaths(prefix: String) -> [String] {
        func join(_ key: String) -> String { prefix.isEmpty ? key : prefix + "." + key }
        switch self {
        case .object(let members):
            return members.flatMap { $0.value.figurePaths(prefix: join($0.key)) }
        case .array(let elements):
            return elements.flatMap { element in
                guard case .string(let name)? = element["name"] else { return [String]() }
                return element.figurePaths(prefix: join(name))
            }
        case .string: return []
        case .null, .bool, .integer, .unsigned, .number: return [prefix]
        }
    }
}
