import Results
@testable import Scenario
import Testing

@Suite struct ExpectationTests {
    private func judge(
        _ path: String,
        _ comparison: StatedExpectation.Comparison,
        _ value: Double
    ) throws -> ExpectationResult {
        let expectation = StatedExpectation(
            path: path,
            comparison: comparison,
            value: value,
            text: "\(comparison.rawValue) \(value)"
        )
        let records = [0, 1].map { fullRecord(device: 0, sequence: $0) }
        let summary = try summarize(records, expectations: [expectation])
        return try #require(summary.expectations.first)
    }

    @Test(arguments: [
        (StatedExpectation.Comparison.less, [true, false, false]),
        (.lessOrEqual, [true, true, false]), (.equal, [false, true, false]),
        (.notEqual, [true, false, true]), (.greaterOrEqual, [false, true, true]),
        (.greater, [false, false, true]),
    ])
    func comparisonsHold(_ comparison: StatedExpectation.Comparison, _ verdicts: [Bool]) throws {
        // Two requests were issued: below, at and above.
        for (value, verdict) in zip([3.0, 2, 1], verdicts) {
            let result = try judge("requests.issued", comparison, value)
            #expect(result.met == verdict)
            #expect(result.actual == 2)
        }
    }

    @Test(arguments: [
        ("latency.p99", 45_000_000), ("latency.mean", 45_000_000),
        ("stages.service.p50", 8_000_000),
        ("accuracy", 0.5), ("accuracy.issued", 0.5), ("groups.cameras.accuracy", 0.5),
        ("groups.0.requests.completed", 2), ("edges.edge/1.utilization", 0.25),
        ("operatingPoints.split.count", 2), ("operatingPoints.split.accuracy", 0.5),
        ("validity.valid", 1), ("throughput", 0.2), ("deadlineAttainment", 1),
    ])
    func pathsReachFigures(_ path: String, _ value: Double) throws {
        #expect(try judge(path, .equal, value).met)
        #expect(KnownPaths(layout: smallLayout).isKnown(path))
    }

    @Test(arguments: [
        "", "latency", "latency.p98", "latency.p99.ns", "scenario", "digest", "groups",
        "groups.lorries.latency.p99", "groups.2.latency.p99", "edges", "accuracy.completed.x",
        "validity.reasons", "operatingPoints.split.count.completed",
    ])
    func unknownPathsAreNotMet(_ path: String) throws {
        for comparison in StatedExpectation.Comparison.allCases {
            let result = try judge(path, comparison, 0)
            #expect(!result.met && result.actual == nil && result.reason != nil)
        }
        #expect(!KnownPaths(layout: smallLayout).isKnown(path))
    }

    @Test func aFigureThatTheRunLacksIsNotMet() throws {
        let path = "groups.phones.latency.p99"
        let result = try judge(path, .less, 1e9)
        #expect(!result.met && result.reason == "this run has no figure for it")
        #expect(KnownPaths(layout: smallLayout).isKnown(path))
    }

    @Test func aRunHasAllKnownPaths() throws {
        let known = KnownPaths(layout: smallLayout)
        #expect(known.all.count > 100)
        let expectations = known.all.map {
            StatedExpectation(path: $0, comparison: .less, value: 1, text: "< 1")
        }
        for result in try summarize(variedRecords(), expectations: expectations).expectations {
            #expect(known.isKnown(result.path))
            #expect(
                result.actual != nil || result.reason == "this run has no figure for it",
                "\(result.path)"
            )
        }
    }

    @Test func namesWithDotsAreTakenWhole() throws {
        var layout = smallLayout
        layout.deviceGroups[0].name = "site"
        layout.deviceGroups[1].name = "site.1"
        let expectation = StatedExpectation(
            path: "groups.site.1.devices",
            comparison: .equal,
            value: 2,
            text: "== 2"
        )
        let summary = try summarize([], layout: layout, expectations: [expectation])
        #expect(summary.meetsExpectations)
    }

    @Test func junitListsFailures() throws {
        let expectations = [
            StatedExpectation(path: "requests.issued", comparison: .equal, value: 2, text: "== 2"),
            StatedExpectation(path: "latency.p99", comparison: .less, value: 1e6, text: "< 1ms"),
            StatedExpectation(path: "latency.p98", comparison: .less, value: 1e6, text: "< 1ms"),
        ]
        var layout = smallLayout
        layout.name = "a<b & \"c\""
        let records = [0, 1].map { fullRecord(device: 0, sequence: $0) }
        let summary = try summarize(records, layout: layout, expectations: expectations)
        let suite = "a&lt;b &amp; &quot;c&quot;"
        #expect(
            JUnitReport(summary).xml == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites>
                  <testsuite name="\(suite)" tests="4" failures="2">
                    <testcase classname="\(suite)" name="valid"/>
                    <testcase classname="\(suite)" name="requests.issued == 2"/>
                    <testcase classname="\(suite)" name="latency.p99 &lt; 1ms"><failure message="is 45.0 ms"/></testcase>
                    <testcase classname="\(suite)" name="latency.p98 &lt; 1ms"><failure message="the summary has no such figure"/></testcase>
                  </testsuite>
                </testsuites>

                """
        )
    }
}
