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
        window.timedOut(at: .start, lastSent: 0)
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
}
