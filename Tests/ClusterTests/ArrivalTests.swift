import Cluster
import Links
import Scenario
import SimulationCore
import Testing

@Suite struct ArrivalTests {
    private func process(
        _ arrivals: DeviceGroup.Arrivals,
        devices: Range<UInt32> = 0..<1,
        seed: UInt64 = 1,
        until end: SimulationTime = .start + .seconds(3600)
    ) -> ArrivalProcess {
        ArrivalProcess(
            group: TestScenario.group(arrivals, count: devices.count),
            streams: devices,
            seed: seed,
            until: end
        )
    }

    /// An open loop's first arrivals.
    private func times(_ process: ArrivalProcess, device: UInt32 = 0, count: Int) -> [Int64] {
        var previous = SimulationTime.start
        var times: [Int64] = []
        while times.count < count,
            let time = process.arrival(UInt32(times.count), stream: device, after: previous)
        {
            times.append(time.nanoseconds)
            previous = time
        }
        return times
    }

    @Test func poissonGapsHaveTheirMeanAndSpread() {
        let count = 100_000
        let times = times(process(.poisson(rate: 50)), count: count)
        let gaps = zip(times.dropFirst(), times).map { Double($0 - $1) / 1e9 }
        let mean = gaps.reduce(0, +) / Double(gaps.count)
        let square = gaps.reduce(0) { $0 + $1 * $1 } / Double(gaps.count)
        #expect(abs(mean - 0.02) < 3 * 0.02 / Double(count).squareRoot())
        // The second moment of an exponential is twice the mean's square, its variance 20 m⁴.
        #expect(abs(square / 0.0008 - 1) < 3 * (5 / Double(count)).squareRoot())
    }

    @Test func devicesOfAGroupDrawIndependently() {
        let small = process(.poisson(rate: 50), devices: 0..<2)
        let large = process(.poisson(rate: 50), devices: 0..<3)
        #expect(times(small, device: 1, count: 50) == times(large, device: 1, count: 50))
        #expect(times(small, device: 0, count: 50) != times(small, device: 1, count: 50))
        let other = process(.poisson(rate: 50), devices: 0..<2, seed: 2)
        #expect(times(small, count: 50) != times(other, count: 50))
    }

    @Test func periodsKeepTheirPhaseAndJitter() {
        let period = 10e6
        let exact = times(
            process(.periodic(period: period, jitter: .zero, phase: .milliseconds(3))),
            count: 5
        )
        #expect(exact == [3, 13, 23, 33, 43].map { $0 * 1_000_000 })
        let jittered = times(
            process(.periodic(period: period, jitter: .milliseconds(4), phase: .zero)),
            count: 1000
        )
        let late = jittered.enumerated().map { $1 - Int64($0) * 10_000_000 }
        #expect(late.allSatisfy { (0..<4_000_000).contains($0) })
        #expect((late.max() ?? 0) > 3_900_000 && (late.min() ?? 0) < 100_000)
        let short = times(
            process(.periodic(period: period, jitter: .init(nanoseconds: 3), phase: .zero)),
            count: 1000
        )
        #expect(Set(short.map { $0 % 10_000_000 }) == [0, 1, 2])
    }

    @Test func periodsOfNoWholeNumberDoNotDrift() {
        let thirds = times(
            process(.periodic(period: 1e9 / 3, jitter: .zero, phase: .zero)),
            count: 301
        )
        #expect(thirds[..<4] == [0, 333_333_333, 666_666_667, 1_000_000_000])
        #expect(thirds[300] == 100_000_000_000)
    }

    @Test func randomPhasesFillThePeriod() {
        let group = process(
            .periodic(period: 10e6, jitter: .zero, phase: nil),
            devices: 0..<500
        )
        let phases = (0..<500).map { times(group, device: UInt32($0), count: 1)[0] }
        #expect(phases.allSatisfy { (0..<10_000_000).contains($0) })
        let mean = phases.map(Double.init).reduce(0, +) / 500
        #expect(abs(mean - 5e6) < 3 * 1e7 / (12.0 * 500).squareRoot())
    }

    @Test func longJitterKeepsTheOrder() {
        let times = times(
            process(
                .periodic(period: 10e6, jitter: .milliseconds(100), phase: .zero)
            ),
            count: 1000
        )
        #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(zip(times, 0...).allSatisfy { $0 >= Int64($1) * 10_000_000 })
    }

    @Test func tracesAreDealtInTurn() {
        let trace = (0..<8).map { SimulationTime.start + .seconds($0) }
        let group = process(.trace(.timestamps(trace)), devices: 4..<7)
        let dealt = (4..<7).map { times(group, device: $0, count: 9).map { $0 / 1_000_000_000 } }
        #expect(dealt == [[0, 3, 6], [1, 4, 7], [2, 5]])
    }

    @Test func countsLieWithinTheirInterval() {
        let counts: [UInt32] = [3, 0, 1000, 1]
        let times = times(
            process(.trace(.counts(counts, interval: .seconds(2)))),
            count: 2000
        )
        #expect(times.count == 1004)
        #expect(times == times.sorted())
        let found = (0..<4).map { interval in
            times.count { $0 / 2_000_000_000 == Int64(interval) }
        }
        #expect(found == counts.map(Int.init))
        #expect(Set(times).count > 1000)
    }

    /// Intervals that begin after the run's end are not laid out: their times need not even be numbers.
    @Test func countsAfterTheEndAreLeftOut() {
        let year = SimulationDuration.seconds(366 * 24 * 3600)
        let counts = [UInt32](repeating: 1, count: 400)
        let times = times(
            process(.trace(.counts(counts, interval: year)), until: .start + year + .seconds(1)),
            count: 400
        )
        #expect(times.count == 2)
        #expect(times.last.map { $0 / year.nanoseconds } == 1)
    }

    @Test func closedLoopsThinkBetweenRequests() {
        let scenario = TestScenario.synthetic(
            TestScenario.work(device: .exponential(mean: .milliseconds(4))),
            duration: .seconds(2),
            devices: [
                TestScenario.group(.closed(concurrency: 1, think: .constant(.milliseconds(7))))
            ]
        )
        let records = scenario.run().records(of: 0)
        #expect(records.first?.issued == .start + .milliseconds(7))
        for (first, second) in zip(records, records.dropFirst()) {
            #expect(second.issued - first.completed == .milliseconds(7))
        }
        #expect(records.allSatisfy { $0.issued < .start + .seconds(2) })
    }

    /// A think time beyond the end is one request's alone: as many are issued as by devices with one request each.
    @Test func aLongThinkTimeDoesNotStopOtherRequests() {
        func issued(devices: Int, concurrency: Int) -> Int {
            let think = DurationDistribution.exponential(mean: .seconds(5))
            let scenario = TestScenario.synthetic(
                TestScenario.work(),
                duration: .seconds(60),
                devices: [
                    TestScenario.group(
                        .closed(concurrency: concurrency, think: think),
                        count: devices
                    )
                ]
            )
            return scenario.run().records.count
        }
        // 100 requests at once every five seconds: 1,200, with a standard deviation of 35.
        #expect((1060...1340).contains(issued(devices: 100, concurrency: 1)))
        #expect((1060...1340).contains(issued(devices: 1, concurrency: 100)))
    }

    @Test func concurrencyBoundsWhatIsInFlight() {
        let scenario = TestScenario.synthetic(
            TestScenario.work(edge: .exponential(mean: .milliseconds(4))),
            duration: .seconds(1),
            devices: [TestScenario.group(.closed(concurrency: 3, think: .constant(.zero)))]
        )
        let records = scenario.run().records(of: 0)
        // The server is never idle, and its queue holds what it does not serve.
        let most = records.map { record in
            records.count { $0.issued <= record.issued && $0.completed > record.issued }
        }
        #expect(records.count > 200)
        #expect(most.dropFirst(2).allSatisfy { $0 == 3 })
    }
}
