import Cluster
import Foundation
import GRDB
import Results
import Testing

@Suite struct RecordSelectionTests {
    private func ids(
        _ records: [RequestRecord],
        _ selection: RecordSelection
    ) throws -> [Int64] {
        try withTemporaryFolder { path in
            let folder = try OutputFolder.create(at: path)
            let summary = try summarize(records, folder: folder, selection: selection)
            #expect(summary.traffic.requests.issued == records.count)
            #expect(RecordSelection(summary.record) == selection)
            let queue = try DatabaseQueue(path: folder.path(of: .database))
            return try queue.read { try Int64.fetchAll($0, sql: "SELECT id FROM requests") }
        }
    }

    @Test(arguments: ["all", "none", "sample=0.25", "sample=1e-06"])
    func textComesBack(text: String) throws {
        let selection = try #require(RecordSelection(text))
        #expect(selection.text == text)
    }

    @Test(arguments: ["", "some", "sample=", "sample=0", "sample=1", "sample=nan", "all=1"])
    func otherTextIsRefused(text: String) { #expect(RecordSelection(text) == nil) }

    @Test func aPlainSampleIsAHundredth() {
        #expect(RecordSelection("sample") == .sample(fraction: 0.01))
    }

    @Test func aSampleHasItsShareAndSmallerOnesLieInIt() throws {
        let records = variedRecords(perDevice: 2000)
        let large = try ids(records, .sample(fraction: 0.2))
        let small = try ids(records, .sample(fraction: 0.05))
        let share = Double(large.count) / Double(records.count)
        // Five standard errors.
        let error = (0.2 * 0.8 / Double(records.count)).squareRoot()
        #expect(abs(share - 0.2) < 5 * error)
        #expect(!small.isEmpty && Set(small).isSubset(of: large))
        #expect(try ids(records, .all).count == records.count)
    }

    /// Each device's requests by draws of their own.
    @Test func devicesAreSampledIndependently() throws {
        let kept = try ids(variedRecords(perDevice: 200), .sample(fraction: 0.5))
        let sequences = Dictionary(grouping: kept) { $0 >> 32 }.values.map { ids in
            Set(ids.map { $0 & 0xFFFF_FFFF })
        }
        #expect(sequences.count == 5 && Set(sequences).count == 5)
    }

    @Test func theOrderInWhichRequestsEndChangesNothing() throws {
        let records = variedRecords(perDevice: 500)
        let selection = RecordSelection.sample(fraction: 0.1)
        #expect(try ids(records, selection).sorted() == ids(records.reversed(), selection).sorted())
    }

    @Test func aSampleIsNotTakenForTheWhole() throws {
        try withTemporaryFolder { path in
            let folders = try ["/a", "/b", "/c"].map { try OutputFolder.create(at: path + $0) }
            let records = variedRecords(perDevice: 200)
            let sample = RecordSelection.sample(fraction: 0.5)
            try summarize(records, folder: folders[0])
            try summarize(records, folder: folders[1], selection: sample)
            try summarize(records, folder: folders[2], selection: sample)
            #expect(throws: ResultsError.self) {
                try folders[1].forEachRequest(of: smallLayout) { _, _ in }
            }
            let mixed = try RunComparison(first: folders[0], second: folders[1])
            #expect(mixed.requests == nil)
            #expect(mixed.requestsReason?.contains("sample=0.5") == true)
            let same = try #require(
                try RunComparison(first: folders[1], second: folders[2]).requests
            )
            #expect(same.agrees && same.compared > 0 && same.onlyInFirst == 0)
        }
    }
}
