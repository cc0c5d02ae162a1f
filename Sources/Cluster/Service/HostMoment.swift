package import SimulationCore

/// Where an edge server is in the time that a profile was measured over; equal for all that it does at once.
package struct HostMoment: Sendable {
    /// The scenario's.
    let seed: UInt64
    private let replica: UInt32
    private let time: SimulationTime

    /// `time` is not before the start.
    package init(seed: UInt64, replica: UInt32, time: SimulationTime) {
        (self.seed, self.replica, self.time) = (seed, replica, time)
    }

    /// How much of `span`, in nanoseconds, lies before it, in 0..<1.
    func share(of span: Int64) -> Double {
        let (pass, elapsed) = time.nanoseconds.quotientAndRemainder(dividingBy: span)
        var draw = RandomDraw(
            seed: seed,
            purpose: .host,
            entity: replica,
            request: UInt32(truncatingIfNeeded: pass)
        )
        let share = draw.unit() + Double(elapsed) / Double(span)
        return share < 1 ? share : share - 1
    }
}
