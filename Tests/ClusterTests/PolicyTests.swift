import Cluster
import Links
import Scenario
import SimulationCore
import Testing

@Suite struct PolicyTests {
    private func points(
        _ policy: DeviceGroup.Policy,
        bitsPerSecond: Int64,
        deadline: SimulationDuration? = .milliseconds(200),
        isShared: Bool = false
    ) throws -> [UInt16?] {
        let link = TestScenario.link(bitsPerSecond)
        let scenario = NetworkScenario.scenario(
            policy: policy,
            deadline: deadline,
            path: TestScenario.path(isShared: isShared, uplink: link)
        )
        return try NetworkScenario.run(scenario).records(of: 0).map(\.operatingPoint)
    }

    /// 40 kB take 3.2 ms, 160 ms, 640 ms, 6.4 s; 5 kB an eighth of it; local 20 ms.
    @Test(arguments: [true, false])
    func theMostAccurateThatMakesItIsChosen(isShared: Bool) throws {
        let all = [0, 1, 2]
        for (rate, point) in [(100_000_000, 1), (2_000_000, 1), (500_000, 2)] {
            let chosen = try points(.deadline(all), bitsPerSecond: Int64(rate), isShared: isShared)
            // The smallest offloaded payload explores; then each unseen point may be tried once.
            #expect(chosen[0] == 2)
            #expect(chosen.dropFirst(4).allSatisfy { $0 == UInt16(point) }, "\(rate): \(chosen)")
        }
    }

    @Test func tooSlowALinkIsTriedAgainAfterItsLifetime() throws {
        // 5 kB take 800 ms: only local makes it, and the link is forgotten after 10 s.
        let chosen = try points(.deadline([0, 1, 2]), bitsPerSecond: 50_000)
        #expect(chosen.count == 40)
        let offloaded = chosen.indices.filter { chosen[$0] != 0 }
        // Two before the first observation; then again 10 s after the latest.
        #expect(offloaded == [0, 1, 24, 25] || offloaded == [0, 1, 23, 24], "\(offloaded)")
        #expect(offloaded.allSatisfy { chosen[$0] == 2 })
    }

    @Test func withoutATimelyPointTheFastestIsChosen() throws {
        let chosen = try points(
            .deadline([1, 2]),
            bitsPerSecond: 2_000_000,
            deadline: .milliseconds(1)
        )
        #expect(chosen.dropFirst(3).allSatisfy { $0 == 2 })
    }

    @Test func fastestIgnoresAccuracy() throws {
        let slow = try points(.fastest([0, 1, 2]), bitsPerSecond: 500_000)
        // Until the link is forgotten and tried again.
        #expect(slow[4..<18].allSatisfy { $0 == 0 })
        let fast = try points(.fastest([0, 1, 2]), bitsPerSecond: 1_000_000_000)
        #expect(fast.dropFirst(3).allSatisfy { $0 == 2 })
    }

    @Test(arguments: 0...2) func fixedIsFixed(point: Int) throws {
        let chosen = try points(.fixed(point), bitsPerSecond: 50_000)
        #expect(chosen.allSatisfy { $0 == UInt16(point) })
    }

    @Test func anOracleOnASharedLinkDoesAsTheDeadlinePolicy() throws {
        let oracle = try points(.oracle([0, 1, 2]), bitsPerSecond: 500_000, isShared: true)
        let deadline = try points(.deadline([0, 1, 2]), bitsPerSecond: 500_000, isShared: true)
        #expect(oracle == deadline)
    }

    /// The link fades every few seconds: the one who knows when cannot do worse.
    @Test func anOracleMeetsAtLeastAsManyDeadlines() throws {
        let trace = try BandwidthTrace.parse(
            Array("0 4000000\n3 100000\n5 1500000\n7 50000\n9 4000000\n12 4000000\n".utf8),
            file: "fading",
            options: TraceOptions(unit: "bit/s")
        )
        let fading = LinkSpecification(capacity: .trace(trace))
        func attainment(_ policy: DeviceGroup.Policy) throws -> (met: Int, correct: Int) {
            let scenario = NetworkScenario.scenario(
                policy: policy,
                deadline: .milliseconds(200),
                path: TestScenario.path(uplink: fading),
                period: .milliseconds(130),
                duration: .seconds(200)
            )
            let records = try NetworkScenario.run(scenario).records
            let met = records.filter { $0.latency.map { $0 <= .milliseconds(200) } ?? false }
            return (met.count, met.count { $0.isCorrect == true })
        }
        let oracle = try attainment(.oracle([0, 1, 2]))
        let deadline = try attainment(.deadline([0, 1, 2]))
        let fixed = try attainment(.fixed(1))
        #expect(oracle.met >= deadline.met)
        #expect(oracle.correct >= deadline.correct)
        #expect(deadline.met > fixed.met)
    }

    @Test func energyIsPowerTimesTime() throws {
        var scenario = NetworkScenario.scenario(policy: .fixed(1))
        scenario.devices[0].hardware = NetworkScenario.hardware(inference: 1, coding: 1)
        let records = try NetworkScenario.run(scenario).records
        #expect(!records.isEmpty)
        for record in records {
            // 3 ms at 2 W and 40 kB at 1 Gbit/s at 1 W.
            #expect(record.energyNanojoules == 6_000_000 + 320_000)
        }
    }
}
