import Cluster
import Results
import SimulationCore
import Testing

@Suite struct RunRecorderTests {
    @Test func everyRequestIsCountedInOneState() throws {
        let records = variedRecords()
        let summary = try summarize(records)
        for traffic in [summary.traffic] + summary.groups.map(\.traffic) {
            let sum = RequestState.allCases.reduce(0) { $0 + traffic.requests[$1] }
            #expect(sum == traffic.requests.issued)
        }
        for state in RequestState.allCases {
            #expect(summary.traffic.requests[state] == records.count { $0.state == state })
            let inGroups = summary.groups.reduce(0) { $0 + $1.traffic.requests[state] }
            #expect(inGroups == summary.traffic.requests[state])
        }
    }

    @Test func stageMeansAddUpToTheMeanLatency() throws {
        let summary = try summarize(variedRecords())
        for traffic in [summary.traffic] + summary.groups.map(\.traffic) {
            let sum = Stage.allCases.reduce(0) { $0 + (traffic.stages[$1].mean ?? .nan) }
            let mean = try #require(traffic.latency.mean)
            #expect(abs(sum - mean) < 1e-6 * mean)
        }
    }

    @Test func percentilesLieWithinOneThousandthOfTheSortedOnes() throws {
        let records = variedRecords(perDevice: 500)
        let latency = try summarize(records).traffic.latency
        let sorted = records.compactMap { $0.latency?.nanoseconds }.sorted()
        func nearestRank(_ percent: Double) -> Int64 {
            let rank = Int((percent / 100 * Double(sorted.count)).rounded(.up))
            return sorted[max(rank, 1) - 1]
        }
        let pairs = [
            (latency.p50, 50.0), (latency.p90, 90), (latency.p95, 95), (latency.p99, 99),
            (latency.p999, 99.9),
        ]
        for (figure, percent) in pairs {
            let exact = nearestRank(percent)
            let figure = try #require(figure)
            #expect(figure >= exact && Double(figure) <= Double(exact) * 1.001)
        }
        #expect(latency.max == sorted.last)
        let mean = Double(sorted.reduce(0, +)) / Double(sorted.count)
        #expect(latency.mean == mean)
    }

    /// Requests of one device, all issued at the start, of which one completes after each span.
    private func completions(_ count: UInt32, each span: SimulationDuration) -> [RequestRecord] {
        (1...count).map { number in
            var record = RequestRecord(device: 0, sequence: number - 1, issued: .start)
            record.state = .completed
            record.completed = .start + span.scaled(by: Double(number))
            return record
        }
    }

    /// 99.9 % of 1,000 are 999, and in floating point a little more.
    @Test func percentilesOfRoundCountsAreOfTheirRank() throws {
        let records = completions(1000, each: .milliseconds(1))
        let latency = try summarize(records).traffic.latency
        let exact = [500, 900, 950, 990, 999].map { $0 * 1_000_000 }
        let figures = [latency.p50, latency.p90, latency.p95, latency.p99, latency.p999]
        for (figure, exact) in zip(figures, exact) {
            let figure = try #require(figure)
            #expect(figure >= exact && Double(figure) < Double(exact) * 1.0005)
        }
    }

    @Test func energyMayExceedSixtyFourBits() throws {
        let records = (0..<UInt32(3)).map { sequence in
            var record = fullRecord(device: 0, sequence: sequence)
            record.energyNanojoules = 1 << 62
            return record
        }
        let energy = try summarize(records).traffic.energy
        #expect(energy.devices == 3 * 0x1p62 / 1e9)
    }

    /// Rates of a run that was interrupted are over the time that was run.
    @Test(arguments: [4, 20]) func anInterruptedRunIsAsLongAsItWas(seconds: Int64) throws {
        let recorder = try RunRecorder(layout: smallLayout, folder: nil)
        let closing = RunClosing(
            edges: [],
            expectations: [],
            host: smallHost,
            interrupted: .start + .seconds(seconds)
        )
        let length = min(.seconds(seconds), smallLayout.duration)
        #expect(try recorder.finish(closing).duration == length.nanoseconds)
    }

    /// What completes after the last issue has taken its time: no rate exceeds a server's.
    @Test func ratesAreOverTheTimeUntilTheLastCompletion() throws {
        let records = completions(40, each: .seconds(1))
        #expect(smallLayout.duration == .seconds(10))
        for records in [records, records.reversed()] {
            let summary = try summarize(records)
            #expect(summary.traffic.throughput == 1)
            #expect(summary.groups[0].traffic.throughput == 1)
        }
    }

    /// Of a deadline of 60 ms.
    @Test func aLatencyOfTheDeadlineIsInTime() throws {
        let span = SimulationDuration.milliseconds(60)
        let onTheDot = try summarize(completions(1, each: span)).traffic
        #expect(onTheDot.deadlineAttainment == 1 && onTheDot.goodput == 0.1)
        let later = span + SimulationDuration(nanoseconds: 1)
        let late = try summarize(completions(1, each: later)).traffic
        #expect(late.deadlineAttainment == 0 && late.goodput == 0)
    }

    @Test func deadlinesAccuracyBytesAndEnergyAgreeWithASecondCount() throws {
        let records = variedRecords()
        let summary = try summarize(records)
        let completed = records.filter { $0.state == .completed }
        let cameras = records.filter { $0.device < 3 }
        let inTime = cameras.count { ($0.latency?.nanoseconds ?? .max) <= 60_000_000 }
        #expect(summary.traffic.deadlineAttainment == Double(inTime) / Double(cameras.count))
        #expect(summary.groups[1].traffic.deadlineAttainment == nil)
        let good = inTime + completed.count { $0.device >= 3 }
        #expect(summary.traffic.goodput == Double(good) / 10)
        #expect(summary.traffic.throughput == Double(completed.count) / 10)
        let correct = completed.count { $0.isCorrect == true }
        #expect(summary.traffic.accuracy.completed == Double(correct) / Double(completed.count))
        #expect(summary.traffic.accuracy.issued == Double(correct) / Double(records.count))
        let bytes = records.reduce(0) { $0 + Int64($1.payloadBytes) }
        #expect(summary.traffic.bytes.uplinkPayload == bytes)
        #expect(summary.traffic.energy.devices == Double(records.count) * 0.0015)
        let local = summary.traffic.operatingPoints[0]
        #expect(local.count == records.count { $0.operatingPoint == 0 })
    }

    @Test func accuracyIsUnknownWithoutLabels() throws {
        var record = fullRecord(device: 0, sequence: 0)
        record.isCorrect = nil
        var layout = smallLayout
        layout.accuracyReference = nil
        let summary = try summarize([record], layout: layout)
        #expect(summary.traffic.accuracy.completed == nil)
        #expect(summary.traffic.accuracy.issued == nil)
        #expect(summary.traffic.operatingPoints[1].accuracy == nil)
    }

    @Test func requestsThatDoNotCompleteAreWrong() throws {
        var record = fullRecord(device: 0, sequence: 0)
        record.state = .rejected
        record.completed = .absent
        record.isCorrect = nil
        let summary = try summarize([record])
        #expect(summary.traffic.accuracy.completed == nil)
        #expect(summary.traffic.accuracy.issued == 0)
        #expect(summary.groups[1].traffic.accuracy.issued == nil)
    }

    @Test func anEmptyRunHasNoFiguresRatherThanZeros() throws {
        let traffic = try summarize([]).traffic
        #expect(traffic.latency.mean == nil && traffic.latency.p99 == nil)
        #expect(traffic.stages.head.mean == nil)
        #expect(traffic.deadlineAttainment == nil && traffic.bytes.perRequest == nil)
    }

    @Test func timesThatGoBackMakeTheRunInvalid() throws {
        var record = fullRecord(device: 0, sequence: 0)
        record.arrived = record.uplinkStart
        let summary = try summarize([record])
        #expect(!summary.validity.valid)
        #expect(summary.traffic.requests.completed == 1)
        #expect(summary.traffic.latency.mean == nil)
    }

    @Test func aGapInASequenceMakesTheRunInvalid() throws {
        let summary = try summarize([1, 4].map { fullRecord(device: 2, sequence: $0) })
        #expect(summary.validity.reasons.first?.hasPrefix("3 requests") == true)
    }

    /// What was found out of the first operating point, and nothing of the second.
    @Test func whatPointsYieldOverAllSamplesIsSaid() throws {
        let recorder = try RunRecorder(layout: smallLayout, folder: nil)
        let yield = AllSamplesSummary(meanBytes: 12.5, accuracy: 0.75)
        var closing = RunClosing(edges: [], expectations: [], host: smallHost)
        closing.allSamples = [yield, nil]
        let summary = try recorder.finish(closing)
        #expect(summary.traffic.operatingPoints.map(\.allSamples) == [yield, nil])
    }

    @Test func theReasonsOfTheDriverAreKept() throws {
        let recorder = try RunRecorder(layout: smallLayout, folder: nil)
        let closing = RunClosing(
            edges: [],
            expectations: [],
            host: smallHost,
            invalidReasons: ["fell behind"]
        )
        #expect(try recorder.finish(closing).validity == Validity(reasons: ["fell behind"]))
    }
}
