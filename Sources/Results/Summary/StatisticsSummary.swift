/// How far the latency figures can be relied on.
package struct StatisticsSummary: Codable, Sendable, Equatable {
    /// Of the intervals, as a fraction.
    package var confidence: Double
    /// Complete batches, of `batchRequests` completed requests each, that the intervals follow from.
    package var batches: Int
    package var batchRequests: Int
    package var warmUp: WarmUpSummary
    package var mean: IntervalSummary
    package var p50: IntervalSummary
    package var p90: IntervalSummary
    package var p95: IntervalSummary
    package var p99: IntervalSummary
    package var earlyStopping: EarlyStoppingSummary
}

/// What MSER-5 would leave out of the start; nothing is left out of the other figures.
///
/// All nil when the latency has not settled by half of the run, or the run is too short to tell.
package struct WarmUpSummary: Codable, Sendable, Equatable {
    /// Completed requests before the cut.
    package var requests: Int?
    /// When the last of them ended, in nanoseconds.
    package var time: Int64?
    /// The mean latency after the cut, in nanoseconds.
    package var mean: Double?
}

/// A figure and half of its confidence interval, in nanoseconds.
package struct IntervalSummary: Codable, Sendable, Equatable {
    /// The same as under `latency`; nil when none completed.
    package var value: Double?
    /// Nil with too few requests for an interval.
    package var halfWidth: Double?
}

/// MLPerf's early stopping at a confidence of 0.99.
package struct EarlyStoppingSummary: Codable, Sendable, Equatable {
    package var p90: EarlyStoppingFigures
    package var p95: EarlyStoppingFigures
    package var p99: EarlyStoppingFigures
}

/// The criterion for one percentile.
package struct EarlyStoppingFigures: Codable, Sendable, Equatable {
    /// The percentile's conservative estimate in nanoseconds, as of SingleStream and MultiStream.
    ///
    /// Requests that did not complete count as slower than all that did. At most 0.1 % above the exact one; nil
    /// with too few requests, or where it would be one that did not complete.
    package var estimate: Int64?
    /// Issued requests with a deadline that did not complete in time; nil when none has one.
    package var overDeadline: Int?
    /// With a deadline: requests that suffice when `overDeadline` of them miss it, as of Server.
    ///
    /// Without: requests that an estimate needs.
    package var neededRequests: Int
    /// Whether there were that many.
    package var met: Bool
}
