import Cluster
import Scenario
import SimulationCore
import TestSupport
import Testing

/// What a request's stages and sample are drawn from.
@Suite struct StageDrawTests {
    /// Of two requests at once the first finds one slot busy, its own, and the second two.
    @Test func aBatchBesideAnotherTakesAsLongAsWasMeasuredSo() throws {
        var scenario = NetworkScenario.scenario(policy: .fixed(1))
        scenario.devices[0].count = 2
        scenario.devices[0].arrivals = TestScenario.every(.milliseconds(500))
        scenario.edges[0].slots = 2
        var profile = NetworkScenario.profile
        profile.measurements.append(
            .init(stage: .tail, key: "cut", batch: 1, busySlots: 2, nanoseconds: [7_000_000])
        )
        let times = try ServiceTimes(profile: profile, edgeProfiles: [nil], scenario: scenario)
        let records = scenario.run(outcomes: NetworkScenario.outcomes, times: times).records
        #expect(!records.isEmpty)
        let lengths = Dictionary(grouping: records, by: \.serviceStart).values.map { requests in
            requests.map { ($0.serviceEnd - $0.serviceStart).nanoseconds }.sorted()
        }
        #expect(lengths.allSatisfy { $0 == [5_000_000, 8_000_000] })
    }

    /// A slow head says nothing of the encoding that follows, nor a slow decoding of its tail.
    @Test func stagesAreDrawnIndependently() throws {
        let scenario = NetworkScenario.scenario(policy: .fixed(1))
        var profile = NetworkScenario.profile
        for index in profile.measurements.indices {
            profile.measurements[index].nanoseconds = (0..<1000).map { Int64($0) }
        }
        let times = try ServiceTimes(profile: profile, edgeProfiles: [nil], scenario: scenario)
        let moment = HostMoment(seed: 1, entity: 0, time: .start)
        let stages = (UInt32(0)..<4000).map { sequence in
            let device = times.deviceStages(
                group: 0,
                operatingPoint: 1,
                seed: 1,
                device: 0,
                sequence: sequence
            )
            let task = EdgeTask(
                handle: 0,
                device: 0,
                sequence: sequence,
                operatingPoint: 1,
                link: 0,
                payloadBytes: 0,
                sample: 0
            )
            return [
                device.head, device.encode,
                times.decode(edgeGroup: 0, task, isFirst: true, at: moment),
                times.tail(
                    edgeGroup: 0,
                    entry: 0,
                    first: task,
                    batch: 1,
                    busySlots: 1,
                    at: moment
                ),
            ].map { Double($0.nanoseconds) - 499.5 }
        }
        for (one, other) in [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)] {
            // A thousand equal steps have a variance of (1000² - 1) / 12; four standard errors.
            let covariance = stages.reduce(0) { $0 + $1[one] * $1[other] } / 4000
            #expect(abs(covariance / 83_333) < 4 / 4000.squareRoot(), "\(one) and \(other)")
        }
    }

    /// What is sent as it is needs no head: only the encoding takes the device's time.
    @Test func anImageThatIsSentHasNoHead() throws {
        var scenario = NetworkScenario.scenario(policy: .fixed(1))
        scenario.operatingPoints[1].kind = .raw
        var profile = NetworkScenario.profile
        for (stage, key) in [(.encode, "raw"), (.decode, "raw"), (.tail, "network")]
            as [(ServiceProfile.Stage, String)]
        {
            profile.measurements.append(
                .init(stage: stage, key: key, batch: 1, busySlots: 1, nanoseconds: [1_000_000])
            )
        }
        let times = try ServiceTimes(profile: profile, edgeProfiles: [nil], scenario: scenario)
        let records = scenario.run(outcomes: NetworkScenario.outcomes, times: times).records
        #expect(!records.isEmpty)
        for record in records {
            #expect(record.headEnd == .absent)
            #expect(record.encodeEnd - record.headStart == .milliseconds(1))
        }
    }

    @Test func everySampleIsDrawnAlike() throws {
        let scenario = NetworkScenario.scenario(
            policy: .fixed(0),
            period: .milliseconds(20),
            duration: .seconds(100)
        )
        let samples = try NetworkScenario.run(scenario).records.map(\.sample)
        #expect(samples.count == 5000)
        let counts = (UInt32(0)..<10).map { sample in samples.count { $0 == sample } }
        // 500 each, give or take five standard errors.
        #expect(counts.allSatisfy { abs($0 - 500) < 106 }, "\(counts)")
    }

    /// The mean of a distribution is that of its draws, within four standard errors of an exponential's.
    @Test(
        arguments: [
            .constant(.milliseconds(7)), .exponential(mean: .milliseconds(7)),
            .uniform(low: .milliseconds(4), high: .milliseconds(10)),
        ] as [DurationDistribution]
    )
    func theMeanIsThatOfTheDraws(distribution: DurationDistribution) {
        var draw = RandomDraw(seed: 1, purpose: .test, entity: 0)
        let sum = (0..<10_000).reduce(SimulationDuration.zero) { sum, _ in
            sum + distribution.draw(&draw)
        }
        #expect(distribution.mean == .milliseconds(7))
        #expect(abs(sum.seconds / 10_000 - 0.007) < 4 * 0.007 / 100)
    }

    /// Servers of two groups, one of which takes three times as long for the tail and twice for decoding.
    @Test func everyServerTakesItsOwnTime() throws {
        var scenario = NetworkScenario.scenario(policy: .fixed(1))
        scenario.edges.append(TestScenario.edge())
        scenario.edges[1].hardware = NetworkScenario.hardware(inference: 3, coding: 2)
        scenario.balancer = .roundRobin
        let records = try NetworkScenario.run(scenario).records
        for (replica, milliseconds) in [(UInt16(0), Int64(1 + 4)), (1, 2 + 12)] {
            let own = records.filter { $0.replica == replica }
            #expect(!own.isEmpty)
            #expect(
                own.allSatisfy { $0.serviceEnd - $0.serviceStart == .milliseconds(milliseconds) }
            )
        }
    }

    /// Though more of the short ones fit into a time: 1 and 9 ms, beside 1 ms of decoding, in any order or while a host
    /// is slow.
    @Test(arguments: [false, true])
    func aServerThatIsAlwaysBusyTakesLongAndShortSamplesAlike(inOnePiece: Bool) throws {
        let scenario = NetworkScenario.scenario(
            policy: .fixed(1),
            period: .milliseconds(2),
            duration: .seconds(400)
        )
        var generator = SeededGenerator(seed: 5)
        var samples: [Int64] = (0..<1000).map { _ in
            generator.next() % 2 == 0 ? 1_000_000 : 9_000_000
        }
        if inOnePiece { samples.sort() }
        let ends = samples.reduce(into: [Int64(0)]) { $0.append($0[$0.count - 1] + $1 + 1_000_000) }
        var profile = NetworkScenario.profile
        for index in profile.measurements.indices
        where profile.measurements[index].stage == .tail {
            profile.measurements[index].nanoseconds = samples
            profile.measurements[index].spanNanoseconds = ends.last
            profile.measurements[index].takenNanoseconds = ends.dropLast()
        }
        let times = try ServiceTimes(profile: profile, edgeProfiles: [nil], scenario: scenario)
        let records = scenario.run(outcomes: NetworkScenario.outcomes, times: times).records
        let spans = records.filter { $0.serviceEnd != .absent }
            .map { Double(($0.serviceEnd - $0.serviceStart).nanoseconds) / 1e6 }
        #expect(spans.count > 60_000)
        let mean = spans.reduce(0, +) / Double(spans.count)
        let wanted = 1 + Double(samples.reduce(0, +)) / 1e9
        // Five standard errors of independent draws.
        let allowed = 5 * 4 / Double(spans.count).squareRoot()
        #expect(abs(mean - wanted) < allowed, "\(mean), \(wanted)")
    }

    /// Where decoding was measured in order, the moment says how long it takes, whatever is decoded.
    @Test func decodingInOrderIsTheMoments() throws {
        let scenario = NetworkScenario.scenario(policy: .fixed(1))
        var profile = NetworkScenario.profile
        for index in profile.measurements.indices
        where profile.measurements[index].stage == .decode {
            profile.measurements[index].nanoseconds = (0..<1000).map { Int64($0) }
            profile.measurements[index].spanNanoseconds = 1_000_000
        }
        let times = try ServiceTimes(profile: profile, edgeProfiles: [nil], scenario: scenario)
        let durations = [0, 400_000].map { (time: Int64) in
            let moment = HostMoment(seed: 1, entity: 0, time: SimulationTime(nanoseconds: time))
            return Set(
                (UInt32(0)..<50).map { sequence in
                    let task = EdgeTask(
                        handle: 0,
                        device: 0,
                        sequence: sequence,
                        operatingPoint: 1,
                        link: 0,
                        payloadBytes: 0,
                        sample: 0
                    )
                    return times.decode(edgeGroup: 0, task, isFirst: true, at: moment)
                }
            )
        }
        #expect(durations[0].count == 1 && durations[1].count == 1)
        #expect(durations[0] != durations[1])
    }
}
