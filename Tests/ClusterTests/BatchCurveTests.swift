import Cluster
import SimulationCore
import Testing

/// How long a batch takes, out of what was measured of some sizes.
@Suite struct BatchCurveTests {
    typealias Measurement = ServiceProfile.Measurement

    private func tail(_ batch: Int, busy: Int = 1, _ nanoseconds: [Int64]) -> Measurement {
        Measurement(
            stage: .tail,
            key: "t",
            batch: batch,
            busySlots: busy,
            nanoseconds: nanoseconds
        )
    }

    private func duration(
        _ curve: BatchCurve,
        _ batch: Int,
        busy: Int = 1,
        _ u: Double = 1
    ) -> Int64 {
        let moment = HostMoment(seed: 1, entity: 0, time: .start)
        return curve.duration(batch: batch, busySlots: busy, quantile: u, at: moment).nanoseconds
    }

    /// Each pass of a replica over the measured time takes every sample once, in order, from a place of its own on.
    @Test func samplesInOrderAreLivedThroughInOrder() {
        let count = 100
        var measurement = tail(1, (0..<count).map { Int64($0) })
        measurement.spanNanoseconds = Int64(count) * 1000
        let curve = BatchCurve([measurement], factor: 1)
        var firsts: Set<Int64> = []
        for (replica, pass) in [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)] as [(UInt32, Int)] {
            let taken = (0..<count).map { index in
                let time = SimulationTime(nanoseconds: Int64(pass * count + index) * 1000)
                let moment = HostMoment(seed: 7, entity: replica, time: time)
                return curve.duration(batch: 1, busySlots: 1, quantile: 0.5, at: moment).nanoseconds
            }
            // The sums of places and steps are rounded: a sample at a border may be taken twice, the one beside it never.
            for (one, next) in zip(taken, taken.dropFirst()) {
                let step = (next - one + Int64(count)) % Int64(count)
                #expect((0...2).contains(step))
            }
            #expect(Set(taken).count >= count - 5)
            firsts.insert(taken[0])
        }
        #expect(firsts.count >= 4)
    }

    /// Measured were 2 µs where requests waited and 3 µs after 5 ms without any.
    @Test(
        arguments: [
            (0, 4000), (1_000_000, 4000), (5_000_000, 6000), (7_000_000, 6000),
            // Longer than any that was measured, and between two that were.
            (3_600_000_000_000, 6000), (3_000_000, 4000),
        ] as [(Int64, Int64)]
    )
    func aDurationIsTheOneAfterTheServersIdleTime(idleTime: Int64, expected: Int64) {
        var measurement = tail(1, (0..<100).map { $0 % 2 == 0 ? 2000 : 3000 })
        measurement.spanNanoseconds = 1_000_000
        measurement.idleNanoseconds = (0..<100).map { $0 % 2 == 0 ? 0 : 5_000_000 }
        let curve = BatchCurve([measurement], factor: 2)
        for time in stride(from: Int64(0), to: 1_000_000, by: 9_973) {
            let moment = HostMoment(
                seed: 1,
                entity: 0,
                time: SimulationTime(nanoseconds: time),
                idleTime: SimulationDuration(nanoseconds: idleTime)
            )
            let duration = curve.duration(batch: 1, busySlots: 1, quantile: 0.5, at: moment)
            #expect(duration.nanoseconds == expected)
        }
    }

    /// One sample after a long idle time says little of those: it counts as the slow moment that it may have been.
    @Test func rareIdleTimesHaveNoEffectOfTheirOwn() {
        var measurement = tail(1, (0..<100).map { $0 == 50 ? 900 : 100 })
        measurement.spanNanoseconds = 100
        measurement.idleNanoseconds = (0..<100).map { $0 == 50 ? 1_000_000_000 : 0 }
        let curve = BatchCurve([measurement], factor: 1)
        for idleTime in [SimulationDuration.zero, .seconds(1)] {
            let taken = (0..<100).map { (time: Int64) in
                let time = SimulationTime(nanoseconds: time)
                let moment = HostMoment(seed: 1, entity: 0, time: time, idleTime: idleTime)
                return curve.duration(batch: 1, busySlots: 1, quantile: 0.5, at: moment).nanoseconds
            }
            #expect(taken.count { $0 == 100 } >= 98)
            #expect(taken.contains(900))
        }
    }

    /// A host is slow for half of the time, and idle only in the other half, which is no effect of idle time.
    @Test func aSlowHalfWithoutIdleTimeIsNoEffectOfIt() {
        let count = 10_000
        var measurement = tail(1, (0..<count).map { $0 < count / 2 ? 3000 : 1000 })
        measurement.spanNanoseconds = Int64(count)
        measurement.idleNanoseconds = (0..<count).map {
            $0 < count / 2 || $0 % 2 == 0 ? 0 : 5_000_000
        }
        let curve = BatchCurve([measurement], factor: 1)
        let means = [SimulationDuration.zero, .milliseconds(5)].map { idleTime in
            let sum = (0..<Int64(count)).reduce(Int64(0)) { sum, time in
                let time = SimulationTime(nanoseconds: time)
                let moment = HostMoment(seed: 1, entity: 0, time: time, idleTime: idleTime)
                let duration = curve.duration(batch: 1, busySlots: 1, quantile: 0.5, at: moment)
                return sum + duration.nanoseconds
            }
            return Double(sum) / Double(count)
        }
        #expect(means.allSatisfy { abs($0 - 2000) < 20 }, "\(means)")
    }

    /// Twice a size takes twice as long as the moment's sample, however the two sizes that were measured vary.
    @Test(arguments: [(1, 1), (2, 2), (3, 3), (4, 4), (8, 8)])
    func sizesThatWereNotMeasuredFollowTheMeansOfSamplesInOrder(batch: Int, times: Int64) {
        let measurements = [1, 2].map { size in
            var measurement = tail(size, (0..<100).map { Int64(size) * ($0 % 2 == 0 ? 500 : 1500) })
            measurement.spanNanoseconds = 100
            return measurement
        }
        let curve = BatchCurve(measurements, factor: 1)
        let durations = (0..<Int64(100)).map { time in
            let moment = HostMoment(
                seed: 1,
                entity: 0,
                time: SimulationTime(nanoseconds: time)
            )
            return curve.duration(batch: batch, busySlots: 1, quantile: 0.5, at: moment).nanoseconds
        }
        #expect(Set(durations) == [500 * times, 1500 * times])
    }

    /// A level of busy slots at which one batch size alone was measured has that of fewer slots.
    @Test func aLevelWithOneSizeAloneIsNotMeasured() {
        let curve = BatchCurve(
            [tail(1, [10]), tail(4, [40]), tail(1, busy: 2, [20])],
            factor: 1
        )
        #expect(duration(curve, 4, busy: 2) == 40)
        #expect(duration(curve, 1, busy: 2) == 10)
    }

    /// Few samples, and as long a time as there is.
    @Test func theLongestSpanHasMomentsToo() {
        var measurement = tail(1, [7, 7, 7])
        measurement.spanNanoseconds = .max
        measurement.takenNanoseconds = [0, 1, .max]
        let curve = BatchCurve([measurement], factor: 1)
        #expect(duration(curve, 1) == 7)
    }

    /// No sample is longer than an hour, and no duration that is made of samples.
    @Test func durationsAreCutOffAfterAnHour() {
        var measurement = tail(1, (0..<100).map { $0 < 50 ? 1 : 3_600_000_000_000 })
        measurement.spanNanoseconds = 100
        measurement.idleNanoseconds = (0..<100).map { $0 < 50 ? 0 : 1_000_000_000 }
        let steep = [tail(1, [0]), tail(2, [3_600_000_000_000])]
        let curve = BatchCurve([measurement], factor: 1_000_000)
        for time in 0..<Int64(100) {
            let moment = HostMoment(
                seed: 1,
                entity: 0,
                time: SimulationTime(nanoseconds: time),
                idleTime: .seconds(1)
            )
            let duration = curve.duration(batch: 1, busySlots: 1, quantile: 0.5, at: moment)
            #expect(duration <= .seconds(3_600_000_000))
        }
        #expect(duration(BatchCurve(steep, factor: 1_000_000), 4096) == 3_600_000_000_000_000_000)
    }

    @Test func batchesBetweenMeasurementsAreInterpolated() {
        let curve = BatchCurve([tail(8, [800, 1600]), tail(2, [200, 400])], factor: 2)
        #expect(duration(curve, 2) == 800)
        #expect(duration(curve, 8) == 3200)
        #expect(duration(curve, 5) == 2000)
        // By quantile: from the lower samples of both.
        #expect(duration(curve, 5, 0.5) == 1000)
        #expect(duration(curve, 10) == 4000)
        #expect(duration(curve, 1) == 800)
        // Nothing is a part of no time.
        #expect(duration(BatchCurve([tail(1, [0]), tail(8, [700])], factor: 1), 2) == 0)
        // Of two sizes as near, the samples of the larger one.
        let uneven = BatchCurve([tail(2, [100, 300]), tail(4, [400, 400])], factor: 1)
        #expect([0.5, 1].map { duration(uneven, 3, $0) } == [300, 300])
    }

    @Test func batchesBeyondMeasurementsNeverGetFaster() {
        let curve = BatchCurve([tail(4, [10]), tail(5, [1000])], factor: 1)
        #expect([1, 3, 4].map { duration(curve, $0) } == [10, 10, 10])
        // A batch that was measured as faster than a smaller one does not make larger ones yet faster.
        let falling = BatchCurve([tail(8, [900]), tail(16, [300])], factor: 1)
        #expect([16, 17, 32, 1000].map { duration(falling, $0) } == [300, 300, 300, 300])
    }

    @Test func oneMeasurementServesAllSizes() {
        let curve = BatchCurve([tail(4, [10])], factor: 3)
        #expect([1, 4, 9].map { duration(curve, $0) } == [30, 30, 30])
    }

    @Test func busySlotsThatWereNotMeasuredTakeTheNextFewer() {
        let curve = BatchCurve(
            [tail(1, busy: 2, [20]), tail(1, busy: 4, [40])],
            factor: 1
        )
        #expect((0...6).map { duration(curve, 1, busy: $0) } == [20, 20, 20, 20, 40, 40, 40])
        let rising = BatchCurve(
            [tail(1, [10]), tail(1, busy: 2, [20]), tail(1, busy: 4, [40])],
            factor: 1
        )
        #expect((1...4).map { duration(rising, 1, busy: $0) } == [10, 20, 20, 40])
    }
}
