import Cluster

extension RunComparison {
    static func rows(_ first: Summary, _ second: Summary) -> [Row] {
        var rows = rows(first.traffic, second.traffic, scope: "total")
        if first.groups.count > 1 {
            for (left, right) in zip(first.groups, second.groups) {
                rows += Self.rows(left.traffic, right.traffic, scope: left.name)
            }
        }
        for edge in first.edges {
            guard let other = second.edges.first(where: { $0.name == edge.name }) else { continue }
            rows += Self.rows(edge, other)
        }
        return rows
    }

    private static func rows(
        _ first: TrafficSummary,
        _ second: TrafficSummary,
        scope: String
    ) -> [Row] {
        func row(_ metric: String, _ figure: (TrafficSummary) -> Double?) -> Row {
            Row(scope: scope, metric: metric, first: figure(first), second: figure(second))
        }
        return [
            row("requests.issued") { Double($0.requests.issued) },
            row("requests.completed") { Double($0.requests.completed) },
            row("throughput") { $0.throughput },
            row("latency.mean") { $0.latency.mean },
            row("latency.p50") { $0.latency.p50.map { Double($0) } },
            row("latency.p90") { $0.latency.p90.map { Double($0) } },
            row("latency.p99") { $0.latency.p99.map { Double($0) } },
        ]
            + Stage.allCases.map { stage in
                row("stages.\(stage.name).mean") { $0.stages[stage].mean }
            } + [
                row("deadlineAttainment") { $0.deadlineAttainment },
                row("accuracy.completed") { $0.accuracy.completed },
                row("bytes.perRequest") { $0.bytes.perRequest },
            ]
    }

    private static func rows(_ first: EdgeSummary, _ second: EdgeSummary) -> [Row] {
        func row(_ metric: String, _ figure: (EdgeSummary) -> Double?) -> Row {
            Row(scope: first.name, metric: metric, first: figure(first), second: figure(second))
        }
        return [
            row("utilization") { $0.utilization },
            row("meanBatch") { $0.meanBatch },
            row("meanQueue") { $0.meanQueue },
        ]
    }
}
