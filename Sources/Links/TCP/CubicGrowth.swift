import SimulationCore

/// How the window grows once slow start is over (CUBIC, RFC 9438), as Linux's `tcp_cubic.c` does it.
struct CubicGrowth: Sendable {
    /// What a loss leaves of the window: Linux's 717/1024 for RFC 9438's 0.7.
    static var decrease: Double { 717.0 / 1024 }
    /// RFC 9438's C, in segments per cubic second.
    static var scale: Double { 0.4 }

    private var epoch: SimulationTime?
    /// Seconds from the epoch until the window is `origin`.
    private var plateau = 0.0
    private var origin = 0.0
    /// The window before the last loss; 0 before the first.
    private var lastMaximum = 0.0
    /// The window that Reno's growth would have reached.
    private var reno = 0.0

    /// What one acknowledged segment adds to a window.
    mutating func growth(
        of window: Double,
        at time: SimulationTime,
        shortest roundTrip: SimulationDuration
    ) -> Double {
        let epoch = epoch ?? begin(window, at: time)
        let seconds = (time + roundTrip - epoch).seconds - plateau
        let target = origin + Self.scale * seconds * seconds * seconds
        var added = target > window ? (target - window) / window : 0.01 / window
        // After a slow start without loss, a twentieth in a round trip at least.
        if lastMaximum == 0 { added = max(added, 0.05) }
        reno += 3 * (1 - Self.decrease) / (1 + Self.decrease) / window
        if reno > window { added = max(added, (reno - window) / window) }
        return min(added, 0.5)
    }

    private mutating func begin(_ window: Double, at time: SimulationTime) -> SimulationTime {
        epoch = time
        reno = window
        origin = max(lastMaximum, window)
        plateau = Self.cubeRoot((origin - window) / Self.scale)
        return time
    }

    /// A loss ends the epoch; a flow that did not reach its last maximum leaves room for others.
    mutating func sawLoss(window: Double) {
        epoch = nil
        lastMaximum = window < lastMaximum ? window * (1 + Self.decrease) / 2 : window
    }

    /// After a time-out nothing is known.
    mutating func forget() { self = CubicGrowth() }

    /// Time in which nothing was sent does not count.
    mutating func skip(_ idle: SimulationDuration) { epoch = epoch.map { $0 + idle } }

    /// By Newton's method: the C library's differ between processors.
    static func cubeRoot(_ value: Double) -> Double {
        guard value > 0 else { return 0 }
        // From above the root, every step comes closer to it until rounding stops it.
        var root = max(value, 1)
        while true {
            let next = (2 * root + value / (root * root)) / 3
            guard next < root else { return root }
            root = next
        }
    }
}
