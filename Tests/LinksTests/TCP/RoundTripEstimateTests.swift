import SimulationCore
import Testing

@testable import Links

/// What a sender waits, against RFC 6298 with the minimum, the maximum and the rounds of Linux's `tcp_rtt_estimator`.
@Suite struct RoundTripEstimateTests {
    private static func ms(_ count: Int64) -> SimulationDuration { .milliseconds(count) }

    @Test func theHandshakeIsTheFirstSample() {
        // The variance is twice the sample, 200 ms at the least.
        #expect(RoundTripEstimate(first: Self.ms(40)).timeout == Self.ms(240))
        #expect(RoundTripEstimate(first: Self.ms(400)).timeout == Self.ms(1200))
    }

    /// An eighth of the difference goes to the mean; all of what the deviation exceeds its quarter by to the deviation.
    @Test func aLongerRoundTripCountsAtOnce() {
        var estimate = RoundTripEstimate(first: Self.ms(400), lastSent: 10)
        estimate.saw(Self.ms(1200), acknowledged: 1, lastSent: 10)
        #expect(estimate.smoothed == Self.ms(500))
        #expect(estimate.shortest == Self.ms(400))
        // |1200 − 400| − 800 / 4 = 600 on top of 800.
        #expect(estimate.timeout == Self.ms(500 + 1400))
    }

    /// Of a shorter round trip an eighth of the excess counts, and nothing falls before the round is over.
    @Test func aShorterRoundTripCountsLater() {
        var estimate = RoundTripEstimate(first: Self.ms(400), lastSent: 2)
        estimate.saw(Self.ms(400), acknowledged: 1, lastSent: 4)
        // 800 − 800 / 4 = 600; the variance stays at 800.
        #expect(estimate.timeout == Self.ms(400 + 800))
        estimate.saw(Self.ms(80), acknowledged: 2, lastSent: 4)
        // The mean falls by 40; 320 − 150 = 170, of which an eighth is added to 600.
        #expect(estimate.smoothed == Self.ms(360))
        #expect(estimate.timeout == Self.ms(360 + 800))
        estimate.saw(Self.ms(360), acknowledged: 3, lastSent: 6)
        // The round is over, and its greatest deviation was the 800 that it began with.
        #expect(estimate.timeout == Self.ms(360 + 800))
        // A round of equal samples later the variance falls by a quarter of what it exceeds the greatest by.
        let deviation = (600_000_000 + 170_000_000 / 8) * 3 / 4 * 3 / 4
        estimate.saw(Self.ms(360), acknowledged: 7, lastSent: 8)
        let fallen = 800_000_000 - (800_000_000 - deviation) / 4
        #expect(abs(estimate.timeout.nanoseconds - (360_000_000 + Int64(fallen))) <= 4)
    }

    @Test func eachTimeOutDoublesTheNextUpToTwoMinutes() {
        var estimate = RoundTripEstimate(first: Self.ms(40))
        for doubled in [480, 960, 1920] {
            estimate.timedOut()
            #expect(estimate.timeout == Self.ms(Int64(doubled)))
        }
        for _ in 0..<100 { estimate.timedOut() }
        #expect(estimate.timeout == .seconds(120))
        estimate.saw(Self.ms(40), acknowledged: 1, lastSent: 1)
        #expect(estimate.timeout < Self.ms(250))
    }

    /// RFC 8985: two round trips, and for a lone segment what a delayed acknowledgement may take.
    @Test func probesComeAfterTwoRoundTrips() {
        let estimate = RoundTripEstimate(first: Self.ms(40))
        #expect(estimate.probeTimeout(inFlight: 2) == Self.ms(80))
        #expect(estimate.probeTimeout(inFlight: 1) == Self.ms(240))
    }
}
