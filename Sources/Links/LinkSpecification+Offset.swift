package import SimulationCore

extension LinkSpecification {
    /// After this span the link's trace repeats: the capacity's, or else the delay's; nil if
    /// neither is a trace.
    package var period: SimulationDuration? {
        if case .trace(let trace) = capacity { return trace.period }
        if case .trace(let trace) = delay { return trace.period }
        return nil
    }

    /// Where `device` enters the trace; the same for both directions of its path if their traces
    /// have the same period.
    package func resolvedOffset(seed: UInt64, device: UInt32) -> SimulationDuration {
        switch offset {
        case .fixed(let span): return span
        case .random:
            guard let period else { return .zero }
            var draw = RandomDraw(seed: seed, purpose: .offset, entity: device)
            return SimulationDuration(nanoseconds: Int64(draw.below(UInt64(period.nanoseconds))))
        }
    }
}
