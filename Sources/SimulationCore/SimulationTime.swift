/// A span of simulated time in integer nanoseconds; at most about 292 years.
public struct SimulationDuration: BitwiseCopyable, Hashable, Comparable, Sendable {
    /// May be negative: a difference of instants.
    public var nanoseconds: Int64

    /// A span of so many nanoseconds.
    @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// Computed, as all constants here are: a stored one would be looked up at every use.
    @inlinable public static var zero: Self { Self(nanoseconds: 0) }

    /// A span of so many microseconds.
    @inlinable public static func microseconds(_ count: Int64) -> Self {
        Self(nanoseconds: count * 1_000)
    }

    /// A span of so many milliseconds.
    @inlinable public static func milliseconds(_ count: Int64) -> Self {
        Self(nanoseconds: count * 1_000_000)
    }

    /// A span of so many seconds.
    @inlinable public static func seconds(_ count: Int64) -> Self {
        Self(nanoseconds: count * 1_000_000_000)
    }

    /// The span in seconds, for display and for rates; never for ordering events.
    @inlinable public var seconds: Double { Double(nanoseconds) / 1e9 }

    /// This span times `factor`, rounded to the nearest nanosecond.
    @inlinable public func scaled(by factor: Double) -> Self {
        Self(nanoseconds: Int64(nearest: Double(nanoseconds) * factor))
    }

    /// Equality, to the nanosecond.
    @inlinable public static func == (left: Self, right: Self) -> Bool {
        left.nanoseconds == right.nanoseconds
    }

    /// Whether the left span is the shorter one.
    @inlinable public static func < (left: Self, right: Self) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The sum; overflow traps.
    @inlinable public static func + (left: Self, right: Self) -> Self {
        Self(nanoseconds: left.nanoseconds + right.nanoseconds)
    }

    /// The difference, which may be negative.
    @inlinable public static func - (left: Self, right: Self) -> Self {
        Self(nanoseconds: left.nanoseconds - right.nanoseconds)
    }

    /// Adds to the left span.
    @inlinable public static func += (left: inout Self, right: Self) { left = left + right }
}

/// An instant of simulated time: integer nanoseconds since the start of the run.
public struct SimulationTime: BitwiseCopyable, Hashable, Comparable, Sendable {
    /// Since the start of the run.
    public var nanoseconds: Int64

    /// The instant so many nanoseconds after the start.
    @inlinable public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// The start of the run.
    @inlinable public static var start: Self { Self(nanoseconds: 0) }

    /// Stands for an instant that was never reached.
    @inlinable public static var absent: Self { Self(nanoseconds: .min) }

    /// Equality, to the nanosecond.
    @inlinable public static func == (left: Self, right: Self) -> Bool {
        left.nanoseconds == right.nanoseconds
    }

    /// Whether the left instant is the earlier one.
    @inlinable public static func < (left: Self, right: Self) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The instant a span later.
    @inlinable public static func + (time: Self, span: SimulationDuration) -> Self {
        Self(nanoseconds: time.nanoseconds + span.nanoseconds)
    }

    /// The instant a span earlier.
    @inlinable public static func - (time: Self, span: SimulationDuration) -> Self {
        Self(nanoseconds: time.nanoseconds - span.nanoseconds)
    }

    /// The span between two instants.
    @inlinable public static func - (later: Self, earlier: Self) -> SimulationDuration {
        SimulationDuration(nanoseconds: later.nanoseconds - earlier.nanoseconds)
    }
}
