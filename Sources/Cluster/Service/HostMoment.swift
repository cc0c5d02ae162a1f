package import SimulationCore

/// When an edge server or a processor of devices does something: where it is in the time that a profile was measured
/// over, and how long it was idle before.
package struct HostMoment: Sendable {
    /// The scenario's.
    let seed: UInt64
    private let entity: UInt32
    private let time: SimulationTime
    /// Of a server's slot, before this batch; of a processor of devices, since it began the stages of the one before.
    let idleTime: SimulationDuration
    /// Which of what was measured around it, in 0..<1.
    var choice = 0.0

    /// - Parameters:
    ///   - seed: The scenario's.
    ///   - entity: The replica, or a processor of devices.
    ///   - time: Not before the start.
    ///   - idleTime: Not negative.
    package init(
        seed: UInt64,
        entity: UInt32,
        time: SimulationTime,
        idleTime: SimulationDuration = .zero
    ) {
        (self.seed, self.entity, self.time, self.idleTime) = (seed, entity, time, idleTime)
    }

    /// How much of `span` lies before it, both in nanoseconds; less than all of it.
    func elapsed(of span: Int64) -> Int64 {
        let (pass, elapsed) = time.nanoseconds.quotientAndRemainder(dividingBy: span)
        var draw = RandomDraw(
            seed: seed,
            purpose: .host,
            entity: entity,
            request: UInt32(truncatingIfNeeded: pass)
        )
        let start = Int64(draw.unit() * Double(span))
        return elapsed < span - start ? start + elapsed : elapsed - (span - start)
    }
}
