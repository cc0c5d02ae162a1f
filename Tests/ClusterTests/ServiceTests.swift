import Cluster
import Scenario
import SimulationCore
import Testing

@Suite struct ServiceTests {
    /// A host that is slow for half of the time: in the order of time durations change with each pass at most
    /// three times, drawn alone with every other request.
    @Test(arguments: [nil, 10_000_000_000] as [Int64?])
    func aSlowHalfStaysOnePiece(span: Int64?) throws {
        var scenario = NetworkScenario.scenario(policy: .fixed(1), duration: .seconds(100))
        scenario.devices[0].count = 4
        var profile = NetworkScenario.profile
        let index = try #require(profile.measurements.firstIndex { $0.stage == .tail })
        profile.measurements[index].nanoseconds = (0..<1000).map {
            $0 < 500 ? 1_000_000 : 3_000_000
        }
        profile.measurements[index].spanNanoseconds = span
        let times = try ServiceTimes(profile: profile, edgeProfiles: [nil], scenario: scenario)
        let lengths = scenario.run(outcomes: NetworkScenario.outcomes, times: times).records
            .filter { $0.serviceEnd != .absent }
            .sorted { $0.serviceStart < $1.serviceStart }
            .map { $0.serviceEnd - $0.serviceStart }
        try #require(lengths.count > 700)
        #expect(Set(lengths) == [.milliseconds(2), .milliseconds(4)])
        let changes = zip(lengths, lengths.dropFirst()).count { $0 != $1 }
        if span == nil { #expect(changes > 200) } else { #expect((10...40).contains(changes)) }
    }

    /// Services that follow one another at once take the short time, those after a pause the long one.
    @Test func aServerThatWasIdleTakesLonger() throws {
        var scenario = NetworkScenario.scenario(policy: .fixed(1), duration: .seconds(100))
        scenario.devices[0].count = 16
        var profile = NetworkScenario.profile
        let index = try #require(profile.measurements.firstIndex { $0.stage == .tail })
        profile.measurements[index].nanoseconds = (0..<1000).map {
            $0 % 2 == 0 ? 1_000_000 : 3_000_000
        }
        profile.measurements[index].spanNanoseconds = 1_000_000_000
        profile.measurements[index].idleNanoseconds = (0..<1000).map { $0 % 2 == 0 ? 0 : 2_000_000 }
        let times = try ServiceTimes(profile: profile, edgeProfiles: [nil], scenario: scenario)
        let served = scenario.run(outcomes: NetworkScenario.outcomes, times: times).records
            .filter { $0.serviceEnd != .absent }
            .sorted { $0.serviceStart < $1.serviceStart }
        var counts = (idle: 0, waited: 0)
        for (previous, record) in zip(served, served.dropFirst()) {
            let idleTime = record.serviceStart - previous.serviceEnd
            // Between the two kinds that were measured the shorter counts.
            let wasIdle = idleTime.nanoseconds >= 1 << 20
            let expected = SimulationDuration.milliseconds(wasIdle ? 4 : 2)
            let difference = record.serviceEnd - record.serviceStart - expected
            // At the ends of the measured time a sample has fewer neighbours on one side.
            #expect(abs(difference.nanoseconds) < 100_000, "after \(idleTime)")
            if wasIdle { counts.idle += 1 } else { counts.waited += 1 }
        }
        #expect(counts.idle > 100 && counts.waited > 100)
    }

    @Test(
        arguments: [.deadline([0, 1, 2]), .fastest([0, 1, 2]), .oracle([0, 1, 2])]
            as [DeviceGroup.Policy]
    )
    func missingMeasurementsAreAllNamed(policy: DeviceGroup.Policy) {
        let scenario = NetworkScenario.scenario(policy: policy, deadline: .seconds(1))
        var profile = NetworkScenario.profile
        profile.measurements.removeAll { $0.stage == .decode || $0.key == "network" }
        let error = #expect(throws: MissingMeasurements.self) {
            try ServiceTimes(profile: profile, edgeProfiles: [nil], scenario: scenario)
        }
        let text = error?.description ?? ""
        #expect(error?.wanted.count == 3)
        for name in ["head “network”", "decode “cut float32”", "decode “cut 4 bit”"] {
            #expect(text.contains(name))
        }
        #expect(text.contains("simcoord profile"))
    }

    /// A batch that costs what one request does would make batching look free.
    @Test(arguments: [2, 4]) func batchesNeedMoreThanOneMeasuredSize(largest: Int) throws {
        var scenario = NetworkScenario.scenario(policy: .fixed(1))
        scenario.edges[0].batch.max = largest
        var profile = NetworkScenario.profile
        let tails = profile.measurements.filter { $0.stage == .tail }
        let sizes = Set(tails.map(\.batch))
        let smallest = try #require(sizes.min())
        profile.measurements.removeAll { $0.stage == .tail && $0.batch != smallest }
        let error = #expect(throws: MissingMeasurements.self) {
            try ServiceTimes(profile: profile, edgeProfiles: [nil], scenario: scenario)
        }
        #expect(error?.wanted == ["tail “cut” in batches of more than \(smallest)"])
        profile.measurements += tails.filter { $0.batch == smallest }.map {
            var larger = $0
            larger.batch = 2
            return larger
        }
        _ = try ServiceTimes(profile: profile, edgeProfiles: [nil], scenario: scenario)
    }

    @Test func onlyReachablePointsNeedMeasurements() throws {
        let scenario = NetworkScenario.scenario(policy: .fixed(1))
        var profile = NetworkScenario.profile
        profile.measurements.removeAll { $0.key == "network" || $0.key == "cut 4 bit" }
        _ = try ServiceTimes(profile: profile, edgeProfiles: [nil], scenario: scenario)
    }

    /// Three requests at once: a tail of 4 ms, one decoding of 1 ms, and two as long or as short as measured.
    @Test(arguments: [nil, 300_000] as [Int64?])
    func laterPayloadsOfABatchAreDecodedInTheirOwnTime(nanoseconds: Int64?) throws {
        var scenario = NetworkScenario.scenario(policy: .fixed(1))
        scenario.edges[0].batch.max = 3
        var profile = NetworkScenario.profile
        for size in [2, 3] {
            profile.measurements.append(
                .init(
                    stage: .tail,
                    key: "cut",
                    batch: size,
                    busySlots: 1,
                    nanoseconds: [4_000_000]
                )
            )
        }
        if let nanoseconds {
            // Wherever it stands in the profile.
            profile.measurements.insert(
                .init(
                    stage: .decode,
                    key: "cut float32",
                    batch: ServiceProfile.laterInBatch,
                    busySlots: 1,
                    nanoseconds: [nanoseconds]
                ),
                at: 0
            )
        }
        scenario.devices[0].count = 3
        scenario.devices[0].arrivals = TestScenario.every(.milliseconds(500))
        scenario.edges[0].batch.wait = .milliseconds(100)
        let times = try ServiceTimes(profile: profile, edgeProfiles: [nil], scenario: scenario)
        let records = scenario.run(outcomes: NetworkScenario.outcomes, times: times).records
        let batches = records.filter { $0.batchSize == 3 }
        #expect(!batches.isEmpty)
        for record in batches {
            #expect(
                (record.serviceEnd - record.serviceStart).nanoseconds
                    == 5_000_000 + 2 * (nanoseconds ?? 1_000_000)
            )
        }
    }

    /// Stage lengths of a fixed point: head and encode on the device, decode and tail at the edge.
    @Test func hardwareFactorsScaleTheirStages() throws {
        var scenario = NetworkScenario.scenario(policy: .fixed(1))
        scenario.devices[0].hardware = NetworkScenario.hardware(inference: 3, coding: 2)
        scenario.edges[0].hardware = NetworkScenario.hardware(inference: 0.5, coding: 4)
        let own = try NetworkScenario.run(scenario).records[0]
        #expect(own.headEnd - own.headStart == .milliseconds(6))
        #expect(own.encodeEnd - own.headEnd == .milliseconds(2))
        #expect(own.serviceEnd - own.serviceStart == .milliseconds(4 + 2))
        // A profile of the edge's own is not scaled.
        let times = try ServiceTimes(
            profile: NetworkScenario.profile,
            edgeProfiles: [NetworkScenario.profile],
            scenario: scenario
        )
        let record = scenario.run(outcomes: NetworkScenario.outcomes, times: times).records[0]
        #expect(record.serviceEnd - record.serviceStart == .milliseconds(1 + 4))
    }

    @Test func localRequestsNeedNoLinkAndNoServer() throws {
        var scenario = NetworkScenario.scenario(policy: .fixed(0))
        scenario.devices[0].link = nil
        scenario.links = []
        scenario.edges = []
        let records = try NetworkScenario.run(scenario).records
        #expect(!records.isEmpty)
        for record in records {
            #expect(record.latency == .milliseconds(20))
            #expect(record.completed == record.headEnd)
            #expect(record.encodeEnd == .absent && record.arrived == .absent)
            #expect(record.payloadBytes == 0 && record.replica == nil)
            let sample = Int(record.sample)
            #expect(record.prediction == NetworkScenario.outcomes.outcomes[0][sample].prediction)
            #expect(
                record.isCorrect == (record.prediction == NetworkScenario.outcomes.labels[sample])
            )
        }
    }

    @Test func factsAreMeansOverTheSamples() {
        let table = NetworkScenario.outcomes
        #expect(table.facts(of: 0) == OperatingPointFacts(meanPayloadBytes: 0, accuracy: 0.6))
        #expect(table.facts(of: 1) == OperatingPointFacts(meanPayloadBytes: 40_000, accuracy: 0.9))
        #expect(table.facts(of: 2) == OperatingPointFacts(meanPayloadBytes: 5_000, accuracy: 0.8))
        let empty = OutcomeTable(outcomes: [[]], labels: [1], classes: 2)
        #expect(empty.facts(of: 0) == OperatingPointFacts(meanPayloadBytes: 0, accuracy: 0))
    }

    /// What is measured and kept by these names must not be taken for another point's.
    @Test func codecsHaveNamesOfTheirOwn() {
        let unit = UnitReference(path: "", digest: "0123456789abcdef", tensor: "a", levels: 8)
        var other = unit
        other.digest = "fedcba9876543210"
        let kinds: [OperatingPoint.Kind] = [
            .local, .raw, .png, .jpeg(quality: 80), .jpeg(quality: 90), .webp(quality: 80),
            .splitFloat(tensor: "a"), .splitFloat(tensor: "b"),
            .splitQuantized(tensor: "a", bits: 4), .splitQuantized(tensor: "a", bits: 8),
            .unit(unit, .level(2)), .unit(unit, .level(2.5)), .unit(unit, .bytes(100)),
            .unit(unit, .bytes(200)), .unit(other, .level(2)), .synthetic,
        ]
        let keys = kinds.map { OperatingPoint(name: "", kind: $0).codecKey }
        #expect(Set(keys).count == kinds.count, "\(keys)")
    }

    @Test func entriesAreSharedByTheTailsThatAreTheSame() {
        let kinds: [OperatingPoint.Kind] = [
            .local, .raw, .splitFloat(tensor: "a"), .png, .splitQuantized(tensor: "a", bits: 4),
            .splitFloat(tensor: "b"),
        ]
        let entries = NetworkEntries(points: kinds.map { OperatingPoint(name: "", kind: $0) })
        #expect(entries.keys == ["network", "a", "b"])
        #expect(entries.entryOfPoint == [0, 0, 1, 0, 1, 2])
    }
}
