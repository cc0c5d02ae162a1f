import Cluster

extension RunComparison {
    static func rows(
        _ first: Summary,
        _ second: Summary,
        _ tolerance: ComparisonTolerance
    ) -> [Row] {
        var rows = RowList(tolerance: tolerance)
        rows.append(first.traffic, second.traffic, scope: "total")
        if first.groups.count > 1 {
            for (left, right) in zip(first.groups, second.groups) {
                rows.append(left.traffic, right.traffic, scope: left.name)
            }
        }
        for (left, right) in zip(first.edges, second.edges) { rows.append(left, right) }
        return rows.rows
    }
}

/// Collects rows, each judged as its kind is.
private struct RowList {
    let tolerance: ComparisonTolerance
    private(set) var rows: [RunComparison.Row] = []

    init(tolerance: ComparisonTolerance) { self.tolerance = tolerance }

    mutating func append(_ first: TrafficSummary, _ second: TrafficSummary, scope: String) {
        func add(
            _ metric: String,
            _ kind: ComparisonTolerance.Kind?,
            _ figure: (TrafficSummary) -> Double?
        ) {
            append(scope, metric, kind, (figure(first), figure(second)))
        }
        add("requests.issued", .mean) { Double($0.requests.issued) }
        add("requests.completed", .mean) { Double($0.requests.completed) }
        func addEnd(_ name: String, _ count: (RequestCounts) -> Int) {
            let figures = (Double(count(first.requests)), Double(count(second.requests)))
            let issued = Double(first.requests.issued)
            append(scope, "requests.\(name)", .mean, figures, scale: issued)
        }
        addEnd("dropped") { $0.dropped }
        addEnd("lost") { $0.lost }
        addEnd("timedOut") { $0.timedOut }
        addEnd("rejected") { $0.rejected }
        addEnd("failed") { $0.failed }
        addEnd("unfinished") { $0.unfinished }
        add("throughput", .mean) { $0.throughput }
        add("goodput", nil) { $0.goodput }
        for statistic in Statistic.allCases {
            add("latency.\(statistic)", statistic.kind) { statistic.value($0.latency) }
        }
        for stage in Stage.allCases {
            for statistic in Statistic.allCases {
                append(
                    scope,
                    "stages.\(stage.name).\(statistic)",
                    statistic.kind,
                    (
                        statistic.value(first.stages[stage]),
                        statistic.value(second.stages[stage])
                    ),
                    scale: statistic.value(first.latency)
                )
            }
        }
        add("deadlineAttainment", .share) { $0.deadlineAttainment }
        add("accuracy.completed", .share) { $0.accuracy.completed }
        add("bytes.perRequest", .mean) { $0.bytes.perRequest }
        add("energy.devices", .mean) { $0.energy.devices }
    }

    mutating func append(_ first: EdgeSummary, _ second: EdgeSummary) {
        append(first.name, "utilization", .share, (first.utilization, second.utilization))
        append(first.name, "meanBatch", nil, (first.meanBatch, second.meanBatch))
        append(first.name, "meanQueue", nil, (first.meanQueue, second.meanQueue))
        append(first.name, "energy", .mean, (first.energy, second.energy))
    }

    private mutating func append(
        _ scope: String,
        _ metric: String,
        _ kind: ComparisonTolerance.Kind?,
        _ figures: (first: Double?, second: Double?),
        scale: Double? = nil
    ) {
        rows.append(
            RunComparison.Row(
                scope: scope,
                metric: metric,
                first: figures.first,
                second: figures.second,
                allowed: kind.map {
                    tolerance.allowed($0, scale: scale ?? figures.first ?? 0)
                }
            )
        )
    }
}

/// A figure of a distribution of durations.
private enum Statistic: String, CaseIterable, CustomStringConvertible {
    case mean, p50, p90, p99

    var description: String { rawValue }

    var kind: ComparisonTolerance.Kind {
        switch self {
        case .mean, .p50: .mean
        case .p90, .p99: .tail
        }
    }

    func value(_ summary: LatencySummary) -> Double? {
        switch self {
        case .mean: summary.mean
        case .p50: summary.p50.map(Double.init)
        case .p90: summary.p90.map(Double.init)
        case .p99: summary.p99.map(Double.init)
        }
    }

    func value(_ summary: StageSummary) -> Double? {
        switch self {
        case .mean: summary.mean
        case .p50: summary.p50.map(Double.init)
        case .p90: summary.p90.map(Double.init)
        case .p99: summary.p99.map(Double.init)
        }
    }
}
