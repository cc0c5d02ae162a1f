package import Cluster

/// The figures of a set of requests: of a run, or of one device group.
package struct TrafficSummary: Codable, Sendable, Equatable {
    package var requests: RequestCounts
    /// Completed requests per second of the time over which requests were issued, or until the last one of the run
    /// completed if that is longer.
    package var throughput: Double
    package var latency: LatencySummary
    package var statistics: StatisticsSummary
    /// Completed in time over issued, among requests with a deadline; nil when none has one.
    package var deadlineAttainment: Double?
    /// Requests per second of the same time that completed, and in time where they have a deadline.
    package var goodput: Double
    package var stages: StageBreakdown
    package var accuracy: AccuracySummary
    package var bytes: ByteSummary
    package var energy: EnergySummary
    package var operatingPoints: [OperatingPointSummary]
}

/// How many requests ended in each state; the states add up to `issued`.
package struct RequestCounts: Codable, Sendable, Equatable {
    package var issued: Int
    package var completed: Int
    package var dropped: Int
    package var lost: Int
    package var timedOut: Int
    package var rejected: Int
    package var failed: Int
    package var unfinished: Int

    package subscript(state: RequestState) -> Int {
        switch state {
        case .completed: completed
        case .dropped: dropped
        case .lost: lost
        case .timedOut: timedOut
        case .rejected: rejected
        case .failed: failed
        case .unfinished: unfinished
        }
    }
}

/// Latency of completed requests in nanoseconds; nil when none completed.
///
/// Mean and maximum are exact; percentiles are nearest-rank, at most 0.1 % above the exact one.
package struct LatencySummary: Codable, Sendable, Equatable {
    package var mean: Double?
    package var p50: Int64?
    package var p90: Int64?
    package var p95: Int64?
    package var p99: Int64?
    package var p999: Int64?
    package var max: Int64?
}

/// Each stage's length over completed requests; the means add up to the mean latency.
package struct StageBreakdown: Codable, Sendable, Equatable {
    package var deviceWait: StageSummary
    package var head: StageSummary
    package var encode: StageSummary
    package var uplinkQueue: StageSummary
    package var uplinkTransmit: StageSummary
    package var uplinkPropagate: StageSummary
    package var edgeWait: StageSummary
    package var service: StageSummary
    package var downlink: StageSummary

    package subscript(stage: Stage) -> StageSummary {
        switch stage {
        case .deviceWait: deviceWait
        case .head: head
        case .encode: encode
        case .uplinkQueue: uplinkQueue
        case .uplinkTransmit: uplinkTransmit
        case .uplinkPropagate: uplinkPropagate
        case .edgeWait: edgeWait
        case .service: service
        case .downlink: downlink
        }
    }
}

/// A stage's length in nanoseconds over completed requests, zero where skipped; nil when none completed.
package struct StageSummary: Codable, Sendable, Equatable {
    package var mean: Double?
    package var p50: Int64?
    package var p90: Int64?
    package var p99: Int64?
}

/// Fractions of correct predictions; nil when no prediction could be judged.
package struct AccuracySummary: Codable, Sendable, Equatable {
    /// Over completed requests with a label.
    package var completed: Double?
    /// How far `completed`'s interval reaches on its longer side, for requests as draws from the data set; nil where
    /// that is.
    package var halfWidth: Double?
    /// Over issued requests: what did not complete counts as wrong.
    package var issued: Double?
}

/// What the coders produced, without the links' overhead.
package struct ByteSummary: Codable, Sendable, Equatable {
    /// Of all requests together, in bytes.
    package var uplinkPayload: Int64
    /// The mean over completed requests, in bytes; nil when none completed.
    package var perRequest: Double?
}

/// What the devices spent on requests beyond what they draw at rest, in joules: also on those that their clients had
/// given up, as long as they used the device.
package struct EnergySummary: Codable, Sendable, Equatable {
    package var devices: Double
    /// The mean over issued requests; nil when none was issued.
    package var perRequest: Double?
}

/// The requests that chose one operating point.
package struct OperatingPointSummary: Codable, Sendable, Equatable {
    package var name: String
    package var count: Int
    /// Payload of completed requests in bytes; nil when none completed.
    package var meanBytes: Double?
    /// Of completed requests; nil when no prediction could be judged.
    package var accuracy: Double?
    /// How far its interval reaches on its longer side.
    package var halfWidth: Double?
    /// What it yields over the whole data set, whichever samples the requests drew; nil for synthetic work, and
    /// for a point that no policy may choose.
    package var allSamples: AllSamplesSummary?
}

/// What an operating point yields with every sample of the data set once.
package struct AllSamplesSummary: Codable, Sendable, Equatable {
    /// Payload in bytes.
    package var meanBytes: Double
    package var accuracy: Double

    package init(meanBytes: Double, accuracy: Double) {
        self.meanBytes = meanBytes
        self.accuracy = accuracy
    }
}
