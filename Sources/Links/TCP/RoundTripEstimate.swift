import SimulationCore

/// What a sender knows of its round trips, and how long it waits for them: RFC 6298 as Linux's
/// `tcp_rtt_estimator` has it, where the variance falls at most once in a round.
struct RoundTripEstimate: Sendable {
    /// Linux's `TCP_RTO_MIN`, which bounds the variance, and `TCP_RTO_MAX`.
    static var shortestVariance: SimulationDuration { .milliseconds(200) }
    static var longestTimeout: SimulationDuration { .seconds(120) }

    private(set) var smoothed: SimulationDuration
    private(set) var shortest: SimulationDuration
    /// Four times the mean deviation, the greatest of this round, and what time-outs allow for, in ns.
    private var deviation: Int64
    private var greatestDeviation: Int64
    private var variance: Int64
    /// The transmission whose acknowledgement ends the round.
    private var roundEnd: Int
    /// How many retransmission time-outs have passed in a row.
    private(set) var backoff = 0

    /// The handshake is the first sample.
    init(first sample: SimulationDuration, lastSent: Int = 0) {
        let sample = min(sample, Self.longestTimeout)
        self.smoothed = sample
        self.shortest = sample
        self.deviation = 2 * sample.nanoseconds
        self.variance = max(deviation, Self.shortestVariance.nanoseconds)
        self.greatestDeviation = variance
        self.roundEnd = lastSent
    }

    mutating func saw(_ sample: SimulationDuration, acknowledged: Int, lastSent: Int) {
        let sample = min(sample, Self.longestTimeout)
        let difference = sample.nanoseconds - smoothed.nanoseconds
        smoothed = SimulationDuration(nanoseconds: smoothed.nanoseconds + difference / 8)
        shortest = min(shortest, sample)
        backoff = 0
        let change = abs(difference) - deviation / 4
        // Round trips that become shorter are no reason to wait longer.
        deviation += difference < 0 && change > 0 ? change / 8 : change
        greatestDeviation = max(greatestDeviation, deviation)
        variance = max(variance, greatestDeviation)
        guard acknowledged > roundEnd else { return }
        variance -= (variance - greatestDeviation) / 4
        greatestDeviation = Self.shortestVariance.nanoseconds
        roundEnd = lastSent
    }

    mutating func timedOut() { backoff += 1 }

    var timeout: SimulationDuration {
        let plain = smoothed.nanoseconds + variance
        let limit = Self.longestTimeout.nanoseconds
        return SimulationDuration(nanoseconds: min(plain << min(backoff, 20), limit))
    }

    /// When to probe for a lost tail (RFC 8985, 7.2): a lone segment's acknowledgement may be delayed.
    func probeTimeout(inFlight: Int) -> SimulationDuration {
        let double = SimulationDuration(nanoseconds: 2 * smoothed.nanoseconds)
        return min(timeout, inFlight == 1 ? double + .milliseconds(200) : double)
    }
}
