import Results
@testable import Scenario
import Testing

@Suite struct TerminalReportTests {
    private func summary() throws -> Summary {
        try summarize(
            variedRecords(),
            expectations: [
                StatedExpectation(
                    path: "latency.p99",
                    comparison: .less,
                    value: 150e6,
                    text: "< 150ms"
                ),
                StatedExpectation(path: "latency.p98", comparison: .less, value: 1, text: "< 1ns"),
                StatedExpectation(
                    path: "accuracy",
                    comparison: .greater,
                    value: 0.9,
                    text: "> 0.9"
                ),
            ]
        )
    }

    @Test func coloursAreAddedOnRequestAlone() throws {
        let summary = try summary()
        let plain = TerminalReport(summary).text
        let coloured = TerminalReport(summary, isColoured: true).text
        #expect(!plain.contains("\u{1B}"))
        #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
    }

    @Test func theReportReadsAsAgreed() throws {
        #expect(try report(recording: .all) == (try fixture("report.txt")))
    }

    @Test func aRecordThatLacksRequestsSaysSo() throws {
        let whole = try report(recording: .all)
        #expect(try report(recording: .none) == whole + "  no requests (--record none)\n")
        #expect(
            try report(recording: .sample(fraction: 0.05))
                == whole + "  a sample of the requests (--record sample=0.05)\n"
        )
    }

    private func report(recording selection: RecordSelection) throws -> String {
        var summary = try summary()
        summary.record = selection.text
        return TerminalReport(
            summary,
            folder: "runs/small",
            files: [.summary, .database],
            elapsed: 0.25
        ).text
    }

    @Test func longNamesAndManyRowsFitEightyColumns() throws {
        var layout = smallLayout
        layout.deviceGroups = (0..<40).map {
            .init(name: "a group with a very long name of its own \($0)", count: 1)
        }
        var summary = try summarize(variedRecords(), layout: layout)
        summary.validity = Validity(reasons: [String(repeating: "It fell behind. ", count: 20)])
        let text = TerminalReport(summary).text
        for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        #expect(text.contains("and 28 more"))
        #expect(text.contains("INVALID"))
    }

    @Test func accuracyWithoutLabelsIsCalledAgreement() throws {
        for reference in [AccuracyReference.labels, .uncutNetwork] {
            var summary = try summary()
            summary.accuracyReference = reference
            let says = TerminalReport(summary).text.contains("agreement with the uncut network")
            #expect(says == (reference == .uncutNetwork))
        }
    }

    @Test func anEmptyRunIsReported() throws {
        #expect(TerminalReport(try summarize([])).text.contains("0 issued"))
    }
}
