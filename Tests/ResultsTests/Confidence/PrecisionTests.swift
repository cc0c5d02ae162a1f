import Cluster
import Results
import Scenario
import SimulationCore
import Testing

@Suite struct PrecisionTests {
    private func layout(_ figure: Precision.Figure, group: Int?, relative: Double) -> RunLayout {
        var layout = smallLayout
        layout.precision = Precision(
            metric: "latency.\(figure.rawValue)",
            group: group,
            figure: figure,
            relative: relative,
            confidence: 0.9
        )
        return layout
    }

    @Test(arguments: Precision.Figure.allCases, [nil, 0, 1])
    func `what is asked for is judged on its own figure`(
        figure: Precision.Figure,
        group: Int?
    ) throws {
        // With as many local requests as others half of the latencies would lie on either side of a gap, where
        // batches' medians say nothing.
        let records = variedRecords(perDevice: 34_000).filter { $0.operatingPoint != 0 }
        let summary = try summarize(records, layout: layout(figure, group: group, relative: 1))
        let traffic = group.map { summary.groups[$0].traffic } ?? summary.traffic
        let intervals = traffic.statistics
        let interval =
            switch figure {
            case .mean: intervals.mean
            case .p50: intervals.p50
            case .p90: intervals.p90
            case .p95: intervals.p95
            case .p99: intervals.p99
            }
        let value = try #require(interval.value)
        let halfWidth = try #require(interval.halfWidth)
        let precision = try #require(summary.precision)
        let reached = try #require(precision.reached)
        #expect(precision.met && precision.stopped == nil)
        // Buckets are 0.8 % wide, and the last batch is not complete.
        #expect(abs(reached / (halfWidth / value) - 1) < 0.05)
        let strict = layout(figure, group: group, relative: reached / 2)
        #expect(try summarize(records, layout: strict).precision?.met == false)
        #expect(intervals.confidence == 0.9)
    }

    @Test func `a run without the key has no precision and is never precise enough`() throws {
        let recorder = try RunRecorder(layout: smallLayout, folder: nil)
        for record in variedRecords(perDevice: 500) { try recorder.record(record) }
        #expect(!recorder.isPreciseEnough)
        #expect(try summarize([]).precision == nil)
    }

    @Test func `an early stop is the run's duration`() throws {
        let recorder = try RunRecorder(
            layout: layout(.mean, group: nil, relative: 1),
            folder: nil
        )
        for record in variedRecords(perDevice: 100) { try recorder.record(record) }
        #expect(recorder.isPreciseEnough)
        let stop = SimulationTime.start + .seconds(2)
        let summary = try recorder.finish(
            RunClosing(edges: [], expectations: [], host: smallHost, stopped: stop)
        )
        #expect(summary.duration == 2_000_000_000)
        #expect(summary.precision?.stopped == 2_000_000_000)
        #expect(summary.traffic.throughput == Double(summary.traffic.requests.completed) / 2)
    }

    /// What ends during the drain may widen the interval again.
    @Test func `a run that was stopped for its precision has met it`() throws {
        let strict = layout(.mean, group: nil, relative: 1e-9)
        let recorder = try RunRecorder(layout: strict, folder: nil)
        for record in variedRecords(perDevice: 100) { try recorder.record(record) }
        let closing = RunClosing(
            edges: [],
            expectations: [],
            host: smallHost,
            stopped: .start + .seconds(2)
        )
        let precision = try #require(try recorder.finish(closing).precision)
        #expect(precision.met && precision.reached ?? 0 > 1e-9)
    }
}
