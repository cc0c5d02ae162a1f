/// A span of simulated time in integer nanoseconds; at most about 292 years.
package struct SimulationDuration: Hashable, Comparable, Sendable {
    package var nanoseconds: Int64

    @inlinable package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    package static let zero = SimulationDuration(nanoseconds: 0)

    @inlinable package static func microseconds(_ count: Int64) -> Self {
        Self(nanoseconds: count * 1_000)
    }

    @inlinable package static func milliseconds(_ count: Int64) -> Self {
        Self(nanoseconds: count * 1_000_000)
    }

    @inlinable package static func seconds(_ count: Int64) -> Self {
        Self(nanoseconds: count * 1_000_000_000)
    }

    /// The span in seconds, for display and for rates; never for ordering events.
    @inlinable package var seconds: Double { Double(nanoseconds) / 1e9 }

    /// This span times `factor`, rounded to the nearest nanosecond.
    @inlinable package func scaled(by factor: Double) -> Self {
        Self(nanoseconds: Int64((Double(nanoseconds) * factor).rounded()))
    }

    @inlinable package static func < (left: Self, right: Self) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    @inlinable package static func + (left: Self, right: Self) -> Self {
        Self(nanoseconds: left.nanoseconds + right.nanoseconds)
    }

    @inlinable package static func - (left: Self, right: Self) -> Self {
        Self(nanoseconds: left.nanoseconds - right.nanoseconds)
    }

    @inlinable package static func += (left: inout Self, right: Self) { left = left + right }
}

/// An instant of simulated time: integer nanoseconds since the start of the run.
package struct SimulationTime: Hashable, Comparable, Sendable {
    package var nanoseconds: Int64

    @inlinable package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    package static let start = SimulationTime(nanoseconds: 0)

    @inlinable package static func < (left: Self, right: Self) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    @inlinable package static func + (time: Self, span: SimulationDuration) -> Self {
        Self(nanoseconds: time.nanoseconds + span.nanoseconds)
    }

    @inlinable package static func - (time: Self, span: SimulationDuration) -> Self {
        Self(nanoseconds: time.nanoseconds - span.nanoseconds)
    }

    @inlinable package static func - (later: Self, earlier: Self) -> SimulationDuration {
        SimulationDuration(nanoseconds: later.nanoseconds - earlier.nanoseconds)
    }
}
