import Cluster
import Results
import Scenario
import SimulationCore
import Testing

@Suite struct RunComparisonTests {
    private func compare(
        _ first: [RequestRecord],
        _ second: [RequestRecord],
        _ layout: RunLayout = smallLayout,
        profile: ProfileDescription? = nil
    ) throws -> RunComparison {
        try withTemporaryFolder { path in
            let folders = try ["/a", "/b"].map { try OutputFolder.create(at: path + $0) }
            try summarize(first, folder: folders[0], profile: profile)
            try summarize(second, layout: layout, folder: folders[1])
            return try RunComparison(first: folders[0], second: folders[1])
        }
    }

    @Test func equalRunsAgree() throws {
        let records = variedRecords()
        let comparison = try compare(records, records.reversed())
        #expect(comparison.rows.allSatisfy { $0.difference ?? 0 == 0 })
        #expect(comparison.agrees && comparison.text().contains("AGREE"))
        #expect(comparison.tolerance == .prediction)
        let requests = try #require(comparison.requests)
        #expect(requests.agrees && requests.compared == records.count)
        #expect(requests.comparedPayloads == records.count { $0.operatingPoint == 1 })
        #expect(requests.onlyInFirst == 0 && requests.differentOperatingPoint == 0)
    }

    @Test func differencesAreCountedAndListed() throws {
        let first = (0..<4).map { fullRecord(device: 1, sequence: $0) }
        var second = (0..<5).map { fullRecord(device: 1, sequence: $0) }
        second[0].payloadBytes += 1
        second[1].prediction = 9
        second[2].operatingPoint = 0
        second[2].prediction = 9
        second[3].prediction = nil
        let requests = try #require(try compare(first, second).requests)
        #expect(requests.compared == 3 && requests.differentOperatingPoint == 1)
        #expect(requests.onlyInFirst == 0 && requests.onlyInSecond == 1)
        #expect(requests.comparedPredictions == 2)
        #expect(requests.payloadMismatches == 1 && requests.predictionMismatches == 1)
        #expect(requests.mismatches.map(\.sequence) == [0, 1])
        #expect(requests.mismatches[0].firstPayloadBytes == 1000)
        #expect(requests.mismatches[0].secondPayloadBytes == 1001)
        #expect(requests.mismatches[1].secondPrediction == 9)
    }

    /// The same figures of other samples: the runs do not agree.
    @Test func anotherSampleIsAnotherRequest() throws {
        let first = (0..<4).map { fullRecord(device: 1, sequence: $0) }
        var second = first
        second[2].sample += 1
        let comparison = try compare(first, second)
        let requests = try #require(comparison.requests)
        #expect(requests.sampleMismatches == 1 && requests.payloadMismatches == 0)
        #expect(requests.mismatches.map(\.sequence) == [2])
        #expect(comparison.rows.allSatisfy { $0.agrees != false })
        #expect(!requests.agrees && !comparison.agrees)
    }

    @Test func theListIsBounded() throws {
        let first = (0..<300).map { fullRecord(device: 1, sequence: $0) }
        var second = first
        for index in second.indices { second[index].payloadBytes += 7 }
        let requests = try #require(try compare(first, second).requests)
        #expect(requests.payloadMismatches == 300)
        #expect(requests.mismatches.count == RequestAgreement.longestList)
    }

    @Test func differencesOfFiguresAreRelativeToTheFirst() throws {
        let first = (0..<2).map { fullRecord(device: 1, sequence: $0) }
        var second = first
        for index in second.indices {
            second[index].completed = second[index].completed + .seconds(1)
        }
        let rows = try compare(first, second).rows
        let row = try #require(rows.first { $0.metric == "latency.mean" })
        #expect(row.difference == 1e9)
        #expect(row.relativeDifference == 1e9 / 45e6)
        #expect(rows.contains { $0.scope == "cameras" && $0.metric == "latency.p99" })
        #expect(rows.contains { $0.scope == "edge/1" && $0.metric == "utilization" })
    }

    /// All latencies are 45 ms; the second run's last stage is longer.
    @Test(arguments: [(0.9, true), (1.1, false)])
    func `means agree up to the tolerance`(share: Double, agrees: Bool) throws {
        let first = (0..<10).map { fullRecord(device: 1, sequence: $0) }
        var second = first
        let delay = share * 0.02 * 45e6
        for index in second.indices {
            second[index].completed =
                second[index].completed + SimulationDuration(nanoseconds: Int64(delay))
        }
        let comparison = try compare(first, second)
        #expect(comparison.agrees == agrees)
        let judged = Dictionary(
            uniqueKeysWithValues: comparison.rows.filter { $0.scope == "total" }
                .map { ($0.metric, $0.agrees) }
        )
        #expect(judged["latency.mean"] == agrees)
        // A tenth of the stage, but no more than that of the latency.
        #expect(judged["stages.downlink.mean"] == agrees)
        #expect(judged["latency.p99"] == true)
        #expect(judged["stages.head.p50"] == true)
    }

    @Test func `a figure that one run lacks does not agree`() throws {
        let first = [fullRecord(device: 1, sequence: 0)]
        var second = first
        second[0].isCorrect = nil
        second[0].prediction = nil
        let comparison = try compare(first, second)
        #expect(comparison.rows.first { $0.metric == "accuracy.completed" }?.agrees == false)
        #expect(!comparison.agrees)
    }

    @Test func `an invalid run agrees with nothing`() throws {
        let comparison = try withTemporaryFolder { path in
            let folders = try ["/a", "/b"].map { try OutputFolder.create(at: path + $0) }
            let records = variedRecords()
            try summarize(records, folder: folders[0])
            var broken = try folders[0].readSummary()
            try summarize(records, folder: folders[1])
            broken.validity = Validity(reasons: ["The run fell behind."])
            try folders[1].write(broken.json, to: .summary)
            return try RunComparison(first: folders[0], second: folders[1])
        }
        #expect(!comparison.agrees && comparison.rows.allSatisfy { $0.agrees ?? true })
        #expect(comparison.text().contains("INVALID"))
    }

    private func replay(of wall: OutputFolder) throws -> ReplaySummary {
        ReplaySummary(digest: try wall.summaryDigest(), replayed: 1, resampled: 0, profiled: 0)
    }

    @Test func `a replay has to come closer, whatever the profile's host`() throws {
        var layout = smallLayout
        layout.clock = .wall
        let records = variedRecords()
        let foreign = ProfileDescription(name: "p.json", digest: "", processor: "Other CPU")
        let comparisons = try withTemporaryFolder { path in
            let folders = try ["/a", "/b"].map { try OutputFolder.create(at: path + $0) }
            try summarize(records, layout: layout, folder: folders[1])
            var virtual = try summarize(records, folder: folders[0], profile: foreign)
            virtual.replay = try replay(of: folders[1])
            try folders[0].write(virtual.json, to: .summary)
            return [
                try RunComparison(first: folders[0], second: folders[1]),
                try RunComparison(first: folders[1], second: folders[0]),
            ]
        }
        #expect(comparisons.allSatisfy { $0.tolerance == .replay && $0.agrees })
    }

    @Test func `a replay of another wall run of the same outcomes is none of this one`() throws {
        var layout = smallLayout
        layout.clock = .wall
        let records = variedRecords()
        let comparison = try withTemporaryFolder { path in
            let folders = try ["/a", "/b"].map { try OutputFolder.create(at: path + $0) }
            let wall = try summarize(records, layout: layout, folder: folders[1])
            var virtual = try summarize(records, folder: folders[0])
            virtual.replay = try replay(of: folders[1])
            try folders[0].write(virtual.json, to: .summary)
            var other = wall
            other.host.system = "the same, an hour later"
            try folders[1].write(other.json, to: .summary)
            return try RunComparison(first: folders[0], second: folders[1])
        }
        #expect(comparison.tolerance == .prediction)
    }

    @Test func otherSeedsUnderOtherClocksAreRefused() throws {
        var layout = smallLayout
        layout.seed = 8
        layout.clock = .wall
        #expect(throws: ResultsError.self) { try compare([], [], layout) }
    }

    @Test func otherSeedsAreNotComparedRequestByRequest() throws {
        var layout = smallLayout
        layout.seed = 8
        let records = variedRecords(perDevice: 2)
        let comparison = try compare(records, records, layout)
        #expect(comparison.requests == nil)
        #expect(comparison.text().contains("seeds differ"))
    }

    @Test func differentScenariosAreRefused() throws {
        var layouts = Array(repeating: smallLayout, count: 5)
        layouts[0].name = "other"
        layouts[1].deviceGroups[0].count += 1
        layouts[2].operatingPoints[1] = "other"
        layouts[3].duration = .seconds(11)
        layouts[4].replicas.removeLast()
        for layout in layouts {
            #expect {
                try compare([], [], layout)
            } throws: { error in
                guard case .incomparable? = error as? ResultsError else { return false }
                return true
            }
        }
    }

    @Test func aProfileFromAnotherHostIsRefused() throws {
        var layout = smallLayout
        layout.clock = .wall
        let own = ProfileDescription(name: "p.json", digest: "", processor: "Test CPU")
        let foreign = ProfileDescription(name: "p.json", digest: "", processor: "Other CPU")
        #expect(try compare([], [], layout, profile: own).secondClock == "wall")
        #expect(throws: ResultsError.self) { try compare([], [], layout, profile: foreign) }
        // Whichever of them comes first.
        try withTemporaryFolder { path in
            let folders = try ["/wall", "/virtual"].map { try OutputFolder.create(at: path + $0) }
            try summarize([], layout: layout, folder: folders[0])
            try summarize([], folder: folders[1], profile: foreign)
            #expect(throws: ResultsError.self) {
                try RunComparison(first: folders[0], second: folders[1])
            }
        }
    }

    @Test func missingAndCorruptFoldersAreSaid() throws {
        try withTemporaryFolder { path in
            let good = try OutputFolder.create(at: path + "/good")
            try summarize(variedRecords(perDevice: 2), folder: good)
            let missing = OutputFolder(existing: path + "/missing")
            #expect(
                throws: ResultsError.missingFile(folder: missing.path, file: "summary.json")
            ) {
                try RunComparison(first: good, second: missing)
            }
            let broken = try OutputFolder.create(at: path + "/broken")
            try summarize(variedRecords(perDevice: 2), folder: broken)
            try broken.write("not a database", to: .database)
            #expect(throws: ResultsError.self) { try RunComparison(first: good, second: broken) }
            #expect(throws: ResultsError.self) { try RunComparison(first: broken, second: good) }
        }
    }

    /// Equal but for how the requests ended that did not complete.
    @Test func otherEndsDoNotAgree() throws {
        func records(_ state: RequestState) -> [RequestRecord] {
            (UInt32(0)..<10).map { sequence in
                var record = fullRecord(device: 4, sequence: sequence)
                guard sequence > 4 else { return record }
                record.state = state
                record.completed = .absent
                record.isCorrect = nil
                return record
            }
        }
        let comparison = try compare(records(.rejected), records(.timedOut))
        let differing = comparison.rows.filter { $0.agrees == false && $0.scope == "total" }
        #expect(differing.map(\.metric) == ["requests.timedOut", "requests.rejected"])
        #expect(try compare(records(.lost), records(.lost)).agrees)
    }

    @Test func noVerdictOnRequestsThatNeitherRunHas() throws {
        let text = try compare([], []).text()
        #expect(text.contains("no predictions to compare") && !text.contains("equal in all"))
    }

    @Test func theTextFitsEightyColumns() throws {
        let first = variedRecords()
        var second = variedRecords()
        for index in stride(from: 1, to: 100, by: 7) { second[index].payloadBytes += 3 }
        let text = try compare(first, second).text()
        for line in text.split(separator: "\n").dropFirst(2) {
            #expect(line.count <= 80, "\(line)")
        }
    }
}
