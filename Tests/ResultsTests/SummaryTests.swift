import Cluster
import Foundation
import Results
import Testing

@Suite struct SummaryTests {
    @Test func theSummaryReadsBackEqual() throws {
        let summary = try summarize(variedRecords())
        #expect(try Summary(json: Data(summary.json.utf8)) == summary)
    }

    @Test func equalRunsGiveEqualBytes() throws {
        let records = variedRecords()
        #expect(try summarize(records).json == (try summarize(records).json))
    }

    /// But for the intervals and the warm-up, which are those of a sequence.
    @Test func figuresDoNotDependOnTheOrderInWhichRequestsEnd() throws {
        let records = variedRecords()
        let summary = try summarize(records)
        var reversed = try summarize(records.reversed())
        reversed.traffic.statistics = summary.traffic.statistics
        for index in reversed.groups.indices {
            reversed.groups[index].traffic.statistics = summary.groups[index].traffic.statistics
        }
        #expect(reversed == summary)
    }

    @Test func membersStandInTheirOrderAndUnknownOnesAreNull() throws {
        let json = try summarize([fullRecord(device: 0, sequence: 1)]).json
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        )
        let keys = [
            "schema", "scenario", "seed", "clock", "duration", "precision", "dilation", "digest",
            "record", "validity", "accuracyReference", "requests", "throughput", "latency",
            "statistics", "deadlineAttainment", "goodput", "stages",
            "accuracy", "bytes", "energy", "operatingPoints", "edges", "groups", "expectations",
            "host", "profile", "pacing", "replay",
        ]
        #expect(Set(object.keys) == Set(keys))
        let written = json.split(separator: "\n").filter { $0.hasPrefix("  \"") }
        #expect(
            written.compactMap { $0.split(separator: "\"").dropFirst().first.map { String($0) } }
                == keys
        )
        #expect(object["profile"] is NSNull && object["dilation"] is NSNull)
    }

    @Test func aTinyRunsSummaryIsAsWrittenDown() throws {
        var layout = smallLayout
        layout.deviceGroups = [.init(name: "cameras", count: 1)]
        layout.operatingPoints = ["split", "\"odd\"\n"]
        layout.accuracyReference = .labels
        var record = fullRecord(device: 0, sequence: 0)
        record.operatingPoint = 0
        record.isCorrect = true
        let json = try summarize([record], layout: layout).json
        #expect(json == (try fixture("tiny.summary.json")))
    }
}
