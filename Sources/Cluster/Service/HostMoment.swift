package import SimulationCore

/// When an edge server does something: where it is in the time that a profile was measured over, and how long it was
/// idle before.
package struct HostMoment: Sendable {
    /// The scenario's.
    let seed: UInt64
    private let replica: UInt32
    private let time: SimulationTime
    /// Of the slot, before this batch.
    let idleTime: SimulationDuration
    /// Which of what was measured around it, in 0..<1.
    var choice = 0.0

    /// `time` is not before the start, `idleTime` not negative.
    package init(
        seed: UInt64,
        replica: UInt32,
        time: SimulationTime,
        idleTime: SimulationDuration = .zero
    ) {
        (self.seed, self.replica, self.time, self.idleTime) = (seed, replica, time, idleTime)
    }

    /// How much of `span` lies before it, both in nanoseconds; less than all of it.
    func elapsed(of span: Int64) -> Int64 {
        let (pass, elapsed) = time.nanoseconds.quotientAndRemainder(dividingBy: span)
        var draw = RandomDraw(
            seed: seed,
            purpose: .host,
            entity: replica,
            request: UInt32(truncatingIfNeeded: pass)
        )
        let start = Int64(draw.unit() * Double(span))
        return elapsed < span - start ? start + elapsed : elapsed - (span - start)
    }
}
