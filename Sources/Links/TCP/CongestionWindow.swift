import SimulationCore

/// How many segments a sender lets be under way (RFC 5681, 9438), and how that changes.
///
/// The sender numbers its transmissions; the window knows rounds by those numbers.
struct CongestionWindow: Sendable {
    private let initial: Double
    private var window: Double
    private var threshold = Double.infinity
    private var growth = CubicGrowth()
    private var exit: SlowStartExit
    private var hasLeftSlowStart = false
    /// Whether the last round's window was used up, and how much of it was: one that is not in use
    /// does not grow (Linux's `tcp_cwnd_validate`; RFC 7661).
    private var isLimited = false
    private var mostInFlight = 0
    private var usageEnd = 0

    init(initial: Int, at time: SimulationTime, lastSent: Int) {
        self.initial = Double(initial)
        self.window = Double(initial)
        self.exit = SlowStartExit(at: time, lastSent: lastSent)
    }

    /// In whole segments.
    var segments: Int { Int(window) }

    private var isInSlowStart: Bool { window < threshold }

    /// Notes how much of the window is in use after some segments have been sent.
    mutating func used(inFlight: Int, acknowledged: Int, lastSent: Int) {
        let fills = inFlight >= segments
        guard acknowledged >= usageEnd || fills || (!isLimited && inFlight > mostInFlight)
        else { return }
        isLimited = fills
        mostInFlight = inFlight
        usageEnd = lastSent
    }

    /// One more segment has been acknowledged outside of fast recovery.
    mutating func acknowledged(
        _ number: Int,
        lastSent: Int,
        at time: SimulationTime,
        roundTrip sample: SimulationDuration,
        estimate: RoundTripEstimate
    ) {
        if isInSlowStart, !hasLeftSlowStart,
            exit.ends(
                at: time,
                acknowledged: number,
                lastSent: lastSent,
                window: segments,
                roundTrip: sample,
                shortestEver: estimate.shortest
            )
        {
            hasLeftSlowStart = true
            threshold = window
        }
        if isInSlowStart {
            guard isLimited || segments < 2 * mostInFlight else { return }
            window += 1
        } else if isLimited {
            window += growth.growth(of: window, at: time, shortest: estimate.shortest)
        }
    }

    /// A loss that later acknowledgements showed.
    mutating func sawLoss() {
        growth.sawLoss(window: window)
        threshold = max(window * CubicGrowth.decrease, 2)
        window = threshold
    }

    /// No acknowledgement came in time: one segment at a time, from the start.
    mutating func timedOut() {
        threshold = max(window * CubicGrowth.decrease, 2)
        window = 1
        growth.forget()
        hasLeftSlowStart = false
    }

    /// Nothing was under way for a while, which does not count for the growth.
    ///
    /// Where the scenario says so, the window halves for each time-out's span of silence, to the initial one at the
    /// least (Linux's `tcp_cwnd_restart`, RFC 2861); three quarters of it come back in slow start.
    mutating func resume(
        after idle: SimulationDuration,
        timeout: SimulationDuration,
        shrinks: Bool
    ) {
        growth.skip(idle)
        guard shrinks, idle > timeout else { return }
        threshold = max(threshold, 0.75 * window)
        var left = idle - timeout
        while left > .zero, window > initial {
            window = max((window / 2).rounded(.down), initial)
            left = left - timeout
        }
    }
}
