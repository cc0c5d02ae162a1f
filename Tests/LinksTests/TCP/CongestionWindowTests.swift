import SimulationCore
import Testing

@testable import Links

@Suite struct CongestionWindowTests {
    private static let trip = SimulationDuration.milliseconds(100)

    /// A sender that always has something to send; the window after each round trip without loss.
    private func rounds(_ count: Int, _ window: inout CongestionWindow, from time: Int) -> [Int] {
        var number = 1_000_000 * time
        return (0..<count).map { round in
            let begin = SimulationTime.start + .milliseconds(Int64(100 * (time + round)))
            let flight = window.segments
            let last = number + flight
            window.used(inFlight: flight, acknowledged: number, lastSent: last)
            for _ in 0..<flight {
                number += 1
                window.acknowledged(
                    number,
                    lastSent: last,
                    at: begin,
                    roundTrip: Self.trip,
                    estimate: RoundTripEstimate(first: Self.trip)
                )
            }
            return window.segments
        }
    }

    @Test func slowStartDoublesTheWindow() {
        var window = CongestionWindow(initial: 10, at: .start, lastSent: 0)
        #expect(rounds(5, &window, from: 0) == [20, 40, 80, 160, 320])
    }

    /// RFC 9438: W(t) = 0.4 (t - K)³ + W_max with K = ∛(0.3 W_max / 0.4), followed from above by rounds.
    @Test func growsByTheCubeOfTimeAfterALoss() {
        var window = CongestionWindow(initial: 1000, at: .start, lastSent: 0)
        window.sawLoss()
        #expect(window.segments == 700)
        let sizes = rounds(200, &window, from: 1)
        let plateau = CubicGrowth.cubeRoot((1000 - 717.0 / 1024 * 1000) / 0.4)
        for (round, size) in sizes.enumerated() {
            let time = Double(round + 1) * 0.1 - plateau
            #expect(abs(Double(size) - (1000 + 0.4 * time * time * time)) < 12, "\(round)")
        }
    }

    @Test(arguments: [0.001, 0.3, 1, 2, 27, 1000, 1e9]) func cubesOfCubeRoots(value: Double) {
        let root = CubicGrowth.cubeRoot(value)
        #expect(abs(root * root * root - value) <= 1e-12 * value)
    }

    @Test func aTimeoutStartsAgainUpToTheThreshold() {
        var window = CongestionWindow(initial: 100, at: .start, lastSent: 0)
        window.timedOut()
        // Doubling to 70 segments, and from there by the cube of time.
        let sizes = rounds(7, &window, from: 0)
        #expect(sizes.prefix(6) == [2, 4, 8, 16, 32, 64])
        #expect((70..<80).contains(sizes[6]))
    }

    /// Half for each time-out that passes, not below the initial window.
    @Test func silenceHalvesTheWindow() {
        for (timeouts, expected) in [(1.0, 80), (1.5, 40), (2.5, 20), (3.5, 10), (99, 10)] {
            var window = CongestionWindow(initial: 10, at: .start, lastSent: 0)
            _ = rounds(3, &window, from: 0)
            window.resume(
                after: SimulationDuration.milliseconds(300).scaled(by: timeouts),
                timeout: .milliseconds(300),
                shrinks: true
            )
            #expect(window.segments == expected)
        }
    }

    /// A round whose shortest round trip is an eighth longer than ever, and at least 4 ms, ends slow start.
    @Test func aGrowingQueueEndsSlowStart() {
        func rounds(_ extra: Int64) -> Int {
            var window = CongestionWindow(initial: 32, at: .start, lastSent: 0)
            window.used(inFlight: 32, acknowledged: 0, lastSent: 32)
            let estimate = RoundTripEstimate(first: Self.trip)
            for number in 1...32 {
                window.acknowledged(
                    number,
                    lastSent: 32,
                    at: .start + .milliseconds(Int64(5 * number)),
                    roundTrip: Self.trip + .milliseconds(extra),
                    estimate: estimate
                )
            }
            return window.segments
        }
        #expect(rounds(0) == 64 && rounds(12) == 64)
        #expect(rounds(13) < 45)
    }

    /// After a time-out slow start may end so again.
    @Test func aGrowingQueueEndsSlowStartAfterATimeoutToo() {
        var window = CongestionWindow(initial: 200, at: .start, lastSent: 0)
        let estimate = RoundTripEstimate(first: Self.trip)
        func acknowledge(_ numbers: ClosedRange<Int>, extra: Int64) {
            let last = numbers.upperBound
            window.used(
                inFlight: numbers.count,
                acknowledged: numbers.lowerBound - 1,
                lastSent: last
            )
            for number in numbers {
                window.acknowledged(
                    number,
                    lastSent: last,
                    at: .start + .milliseconds(Int64(5 * number)),
                    roundTrip: Self.trip + .milliseconds(extra),
                    estimate: estimate
                )
            }
        }
        acknowledge(1...200, extra: 50)
        #expect(window.segments < 250)
        window.timedOut()
        var next = 1001
        while window.segments < 32 {
            let count = window.segments
            acknowledge(next...next + count - 1, extra: 0)
            next += count
        }
        #expect(window.segments == 32)
        acknowledge(next...next + 31, extra: 50)
        #expect(window.segments < 45)
    }

    /// Time in which nothing was sent does not count: what follows is what would have followed at once.
    @Test func silenceDoesNotCountForTheGrowth() {
        var busy = CongestionWindow(initial: 1000, at: .start, lastSent: 0)
        busy.sawLoss()
        _ = rounds(20, &busy, from: 1)
        var idle = busy
        idle.resume(after: .seconds(10), timeout: .milliseconds(300), shrinks: false)
        #expect(rounds(20, &idle, from: 121) == rounds(20, &busy, from: 21))
    }

    /// Three quarters of a window come back in slow start, although a loss was seen at less.
    @Test func aWindowComesBackAfterSilence() {
        var window = CongestionWindow(initial: 10, at: .start, lastSent: 0)
        _ = rounds(2, &window, from: 0)
        window.sawLoss()
        _ = rounds(100, &window, from: 3)
        let full = Double(window.segments)
        window.resume(after: .seconds(99), timeout: .milliseconds(300), shrinks: true)
        #expect(window.segments == 10)
        // Doubling up to there, past the 28 segments that the loss left.
        let sizes = rounds(4, &window, from: 1200)
        #expect(sizes.prefix(3) == [20, 40, 80])
        #expect((0.75 * full..<0.9 * full).contains(Double(sizes[3])), "\(sizes) of \(full)")
    }

    /// A window is whole segments: half of 29 are 14, of which a loss leaves 9.8 and not 10.2.
    @Test func silenceLeavesWholeSegments() {
        var window = CongestionWindow(initial: 10, at: .start, lastSent: 0)
        window.used(inFlight: 10, acknowledged: 0, lastSent: 10)
        for number in 1...19 {
            window.acknowledged(
                number,
                lastSent: 29,
                at: .start + .milliseconds(Int64(5 * number)),
                roundTrip: Self.trip,
                estimate: RoundTripEstimate(first: Self.trip)
            )
        }
        #expect(window.segments == 29)
        window.resume(after: .milliseconds(400), timeout: .milliseconds(300), shrinks: true)
        #expect(window.segments == 14)
        window.sawLoss()
        #expect(window.segments == 9)
    }

    @Test func aLossLeavesTwoSegmentsAtLeast() {
        for initial in [1, 2] {
            var window = CongestionWindow(initial: initial, at: .start, lastSent: 0)
            window.sawLoss()
            #expect(window.segments == 2)
        }
    }

    /// What was known of the path is forgotten: a window grows as one that had no loss before.
    @Test func aTimeoutForgetsTheLosses() {
        var lossy = CongestionWindow(initial: 1000, at: .start, lastSent: 0)
        lossy.sawLoss()
        var clean = CongestionWindow(initial: lossy.segments, at: .start, lastSent: 0)
        lossy.timedOut()
        clean.timedOut()
        #expect(rounds(40, &lossy, from: 1) == rounds(40, &clean, from: 1))
    }

    /// A window that is not in use does not grow (RFC 7661), in slow start or later.
    @Test func onlyAWindowInUseGrows() {
        func grown(_ uses: [(inFlight: Int, acknowledged: Int)], afterLoss: Bool) -> Bool {
            var window = CongestionWindow(initial: 100, at: .start, lastSent: 0)
            if afterLoss { window.sawLoss() }
            let segments = window.segments
            for use in uses {
                window.used(inFlight: use.inFlight, acknowledged: use.acknowledged, lastSent: 100)
            }
            for number in 1...100 {
                window.acknowledged(
                    number,
                    lastSent: 100,
                    at: .start + .milliseconds(1000),
                    roundTrip: Self.trip,
                    estimate: RoundTripEstimate(first: Self.trip)
                )
            }
            return window.segments > segments
        }
        for afterLoss in [false, true] {
            #expect(!grown([(10, 0)], afterLoss: afterLoss))
            #expect(grown([(100, 0)], afterLoss: afterLoss))
            // Of a round what used most of the window counts.
            #expect(grown([(100, 0), (10, 50)], afterLoss: afterLoss))
            #expect(grown([(10, 0), (100, 50)], afterLoss: afterLoss))
            #expect(!grown([(100, 0), (10, 100)], afterLoss: afterLoss))
        }
        // In slow start more than half of it is enough.
        #expect(!grown([(10, 0), (50, 50)], afterLoss: false))
        #expect(grown([(10, 0), (51, 50)], afterLoss: false))
    }
}
