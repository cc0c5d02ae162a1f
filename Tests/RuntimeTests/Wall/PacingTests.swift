import SimulationCore
import Testing

@testable import Runtime

@Suite struct PacingTests {
    @Test func aLongStageMayBeLaterThanAShortOne() {
        var pacing = PacingStatistics()
        pacing.note(.milliseconds(1), stage: .zero)
        pacing.note(.milliseconds(4), stage: .milliseconds(80))
        #expect(pacing.late == 0)
        pacing.note(.milliseconds(4), stage: .milliseconds(79))
        #expect(pacing.late == 1 && pacing.worstNanoseconds == 4_000_000)
    }

    @Test func moreThanOnePercentIsTooLate() {
        var pacing = PacingStatistics()
        for _ in 0..<99 { pacing.note(.zero) }
        pacing.note(.seconds(1))
        #expect(!pacing.isTooLate)
        pacing.note(.seconds(1))
        #expect(pacing.isTooLate)
    }

    @Test func aRunThatFellBehindSaysByWhatRuleAndWhatHelps() {
        var inTime = PacingStatistics()
        inTime.note(.zero)
        var late = PacingStatistics()
        late.note(.milliseconds(30))
        func reasons(_ releases: PacingStatistics, _ timers: PacingStatistics) -> [String] {
            var counts = WallCounts()
            counts.add(DeviceHostReport(releases: releases, issues: inTime, timers: timers))
            return counts.invalidReasons
        }
        #expect(reasons(inTime, inTime).isEmpty)
        let figures = "1 of 1 were late (median 30.0 ms, 99 % within 30.0 ms, worst 30.0 ms)"
        let rule = """
            At most 1 % of each may be late by more than 1 ms and 5 % of their stage. Use an otherwise \
            idle machine, fewer devices, a lower rate of requests or, in a run, another number of \
            `--workers`; a longer `duration` does not help.
            """
        #expect(
            reasons(late, inTime)
                == ["The run fell behind: of the results released, \(figures). \(rule)"]
        )
        #expect(
            reasons(late, late) == [
                "The run fell behind: of the results released, \(figures); of all timers, links' "
                    + "included, \(figures). \(rule)"
            ]
        )
    }

    @Test func quantilesAreWithinABucket() {
        var pacing = PacingStatistics()
        for step in 1...1_000 { pacing.note(.microseconds(Int64(step))) }
        for share in [0.25, 0.5, 0.99] {
            let exact = share * 1_000_000
            let found = Double(pacing.quantile(share).nanoseconds)
            #expect(found >= exact && found <= exact * 1.0625)
        }
        #expect(pacing.quantile(1) == .milliseconds(1))
        #expect(pacing.mean == SimulationDuration(nanoseconds: 500_500))
    }

    @Test func anInstantIsReachedAtItsDeadlineAndNotBefore() {
        for dilation in [1, 1.5, 3, 220] {
            let clock = RunClock(epoch: 1_000, dilation: dilation)
            for nanoseconds in stride(from: Int64(0), to: 10_000_000_000, by: 777_777_777) {
                let time = SimulationTime(nanoseconds: nanoseconds)
                let deadline = clock.deadline(of: time)
                #expect(clock.time(at: deadline) >= time)
                #expect(deadline == 1_000 || clock.time(at: deadline - 1) <= time)
            }
            #expect(clock.time(at: 0) == .start)
        }
    }

    @Test func plannedTimesStandHoweverLateTheProcess() throws {
        let loop = try EventLoop()
        var seen: [Int64] = []
        var timeline: WallTimeline<Int>?
        timeline = WallTimeline<Int>(loop) { event, planned, actual in
            #expect(actual >= planned)
            seen.append(planned.nanoseconds)
            if event > 0 { timeline?.plan(event - 1, at: planned + .microseconds(10)) }
            if event == 0 { loop.stop() }
        }
        timeline?.plan(50, at: .start + .microseconds(10))
        timeline?.start(RunClock(epoch: loop.now, dilation: 1))
        try loop.run()
        #expect(seen == (1...51).map { $0 * 10_000 })
        timeline = nil
    }
}
