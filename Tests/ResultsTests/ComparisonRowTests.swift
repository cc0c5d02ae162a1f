import Cluster
import Results
import Testing

/// Every figure of a comparison, by changing it alone in the second run.
@Suite struct ComparisonRowTests {
    /// A figure, and how to make it another one.
    private struct Figure: Sendable, CustomStringConvertible {
        let description: String
        /// The largest difference at which runs agree.
        let tolerance: Double
        /// Adds a difference: of a share itself, else as a part of what the tolerance is of.
        let change: @Sendable (inout Summary, Double) -> Void

        init(
            _ metric: String,
            within tolerance: Double,
            _ change: @escaping @Sendable (inout Summary, Double) -> Void
        ) {
            (self.description, self.tolerance, self.change) = (metric, tolerance, change)
        }
    }

    private static func add(_ part: Double, of whole: Double?, to figure: inout Double?) {
        figure = figure.map { $0 + part * (whole ?? $0) }
    }

    private static func add(_ part: Double, of whole: Int64?, to figure: inout Int64?) {
        figure = figure.map { $0 + Int64((part * Double(whole ?? $0)).rounded()) }
    }

    /// A count of requests, a part of all that were issued.
    private static func end(
        _ state: String,
        _ count: any WritableKeyPath<RequestCounts, Int> & Sendable
    ) -> Figure {
        Figure("requests.\(state)", within: 0.02) { summary, part in
            let requests = summary.traffic.requests
            summary.traffic.requests[keyPath: count] += Int(part * Double(requests.issued))
        }
    }

    private static func stage(
        _ name: String,
        _ stage: any WritableKeyPath<StageBreakdown, StageSummary> & Sendable
    ) -> [Figure] {
        [
            Figure("stages.\(name).mean", within: 0.02) { summary, part in
                let latency = summary.traffic.latency
                add(part, of: latency.mean, to: &summary.traffic.stages[keyPath: stage].mean)
            },
            Figure("stages.\(name).p50", within: 0.02) { summary, part in
                let latency = summary.traffic.latency
                add(part, of: latency.p50, to: &summary.traffic.stages[keyPath: stage].p50)
            },
            Figure("stages.\(name).p90", within: 0.05) { summary, part in
                let latency = summary.traffic.latency
                add(part, of: latency.p90, to: &summary.traffic.stages[keyPath: stage].p90)
            },
            Figure("stages.\(name).p99", within: 0.05) { summary, part in
                let latency = summary.traffic.latency
                add(part, of: latency.p99, to: &summary.traffic.stages[keyPath: stage].p99)
            },
        ]
    }

    private static let figures: [Figure] =
        [
            Figure("throughput", within: 0.02) { $0.traffic.throughput *= 1 + $1 },
            Figure("latency.mean", within: 0.02) {
                add($1, of: nil, to: &$0.traffic.latency.mean)
            },
            Figure("latency.p50", within: 0.02) { add($1, of: nil, to: &$0.traffic.latency.p50) },
            Figure("latency.p90", within: 0.05) { add($1, of: nil, to: &$0.traffic.latency.p90) },
            Figure("latency.p99", within: 0.05) { add($1, of: nil, to: &$0.traffic.latency.p99) },
            Figure("deadlineAttainment", within: 0.01) {
                add($1, of: 1, to: &$0.traffic.deadlineAttainment)
            },
            Figure("accuracy.completed", within: 0.01) {
                add($1, of: 1, to: &$0.traffic.accuracy.completed)
            },
            Figure("bytes.perRequest", within: 0.02) {
                add($1, of: nil, to: &$0.traffic.bytes.perRequest)
            },
            Figure("utilization", within: 0.01) { $0.edges[0].utilization += $1 },
            Figure("requests.issued", within: 0.02) { summary, part in
                summary.traffic.requests.issued += Int(part * 1000)
            },
            end("dropped", \.dropped), end("lost", \.lost), end("timedOut", \.timedOut),
            end("rejected", \.rejected), end("failed", \.failed), end("unfinished", \.unfinished),
        ] + stage("deviceWait", \.deviceWait) + stage("head", \.head) + stage("encode", \.encode)
        + stage("uplinkQueue", \.uplinkQueue) + stage("uplinkTransmit", \.uplinkTransmit)
        + stage("uplinkPropagate", \.uplinkPropagate) + stage("edgeWait", \.edgeWait)
        + stage("service", \.service) + stage("downlink", \.downlink)

    @Test func `a figure agrees up to its tolerance, and is judged by itself`() throws {
        try withTemporaryFolder { path in
            let folders = try ["/a", "/b"].map { try OutputFolder.create(at: path + $0) }
            let records = variedRecords(perDevice: 200)
            let summary = try summarize(records, folder: folders[0])
            #expect(summary.traffic.requests.issued == 1000)
            try summarize(records, folder: folders[1])
            for figure in Self.figures {
                for (share, agrees) in [(0.9, true), (-0.9, true), (1.1, false), (-1.1, false)] {
                    var second = summary
                    figure.change(&second, share * figure.tolerance)
                    try folders[1].write(second.json, to: .summary)
                    let comparison = try RunComparison(first: folders[0], second: folders[1])
                    let differing = comparison.rows.filter { $0.agrees == false }.map(\.metric)
                    #expect(differing == (agrees ? [] : [figure.description]), "\(figure)")
                    #expect(comparison.agrees == agrees, "\(figure)")
                }
            }
        }
    }

    @Test func `a replay has less to be wrong about than a prediction`() {
        let (replay, prediction) = (ComparisonTolerance.replay, ComparisonTolerance.prediction)
        #expect(replay.mean < prediction.mean && replay.tail < prediction.tail)
        #expect(replay.share <= prediction.share)
    }
}
