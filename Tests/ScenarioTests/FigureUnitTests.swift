import Testing

@testable import Scenario

@Suite struct FigureUnitTests {
    @Test(
        arguments: [
            ("latency.p99", .duration), ("stages.head.mean", .duration),
            ("statistics.p99.value", .duration), ("statistics.p50.halfWidth", .duration),
            ("statistics.earlyStopping.p90.estimate", .duration),
            ("statistics.warmUp.time", .duration), ("statistics.warmUp.requests", .number),
            ("statistics.batches", .number), ("precision.stopped", .duration),
            ("duration", .duration), ("bytes.perRequest", .bytes),
            ("operatingPoints.latency.meanBytes", .bytes), ("energy.perRequest", .energy),
            ("throughput", .rate), ("goodput", .rate), ("accuracy", .number),
            ("requests.failed", .number), ("edges.edge/0.energy", .energy),
            ("accuracy.halfWidth", .number), ("operatingPoints.mean.halfWidth", .number),
            ("operatingPoints.waist@7.allSamples.accuracy", .number),
            ("pacing.issues.late", .number), ("pacing.timers.p99", .duration),
        ] as [(String, FigureUnit)]
    )
    func isTheFiguresOwn(path: String, unit: FigureUnit) {
        #expect(FigureUnit(path: path) == unit)
    }

    /// Figures of groups with names that hold the names of figures.
    @Test(arguments: ["low-latency", "low-energy", "bytes.x", "stages.y", "x.latency", "energy"])
    func isNotThatOfAName(name: String) {
        for (figure, unit) in [
            ("latency.p99", .duration), ("stages.head.mean", .duration), ("throughput", .rate),
            ("accuracy", .number), ("accuracy.completed", .number), ("requests.failed", .number),
            ("bytes.perRequest", .bytes), ("energy.devices", .energy),
            ("deadlineAttainment", .number), ("operatingPoints.local.meanBytes", .bytes),
            ("statistics.mean.value", .duration), ("statistics.batches", .number),
            ("statistics.p99.halfWidth", .duration), ("accuracy.halfWidth", .number),
            ("operatingPoints.local.halfWidth", .number),
        ] as [(String, FigureUnit)] {
            #expect(FigureUnit(path: "groups.\(name).\(figure)") == unit, "\(name) \(figure)")
        }
        #expect(FigureUnit(path: "edges.\(name).meanQueue") == .number)
        #expect(FigureUnit(path: "edges.\(name).energy") == .energy)
    }
}
