package import SimulationCore

/// Recorded arrivals, replayed once from the start.
package enum ArrivalTrace: Sendable, Equatable {
    /// When each request was issued, ascending; the first instant of the record is 0.
    case timestamps([SimulationTime])
    /// How many requests were issued in each interval of one length.
    case counts([UInt32], interval: SimulationDuration)

    /// The number of recorded requests.
    package var requests: Int {
        switch self {
        case .timestamps(let times): times.count
        case .counts(let counts, _): counts.reduce(0) { $0 + Int($1) }
        }
    }

    /// The length of the record: until the last arrival, or the end of the last interval.
    package var duration: SimulationDuration {
        switch self {
        case .timestamps(let times): (times.last ?? .start) - .start
        case .counts(let counts, let interval):
            SimulationDuration(nanoseconds: Int64(counts.count) * interval.nanoseconds)
        }
    }
}
