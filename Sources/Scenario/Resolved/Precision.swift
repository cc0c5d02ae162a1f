/// How precisely a run is to know a latency figure; when it does, issuing stops.
package struct Precision: Sendable, Equatable {
    /// As in the scenario, such as `latency.p99` or `groups.phones.latency.mean`.
    package var metric: String
    /// Index of the device group whose latency is meant; nil for all devices'.
    package var group: Int?
    package var figure: Figure
    /// Half of the confidence interval over the figure, at most.
    package var relative: Double
    /// Of that interval and of all others that the summary states.
    package var confidence: Double

    /// Where the scenario states none.
    package static let standardConfidence = 0.95

    package init(
        metric: String,
        group: Int? = nil,
        figure: Figure,
        relative: Double,
        confidence: Double = Self.standardConfidence
    ) {
        self.metric = metric
        self.group = group
        self.figure = figure
        self.relative = relative
        self.confidence = confidence
    }

    package enum Figure: String, Sendable, CaseIterable {
        case mean, p50, p90, p95, p99

        /// Nil for the mean.
        package var percent: Double? {
            switch self {
            case .mean: nil
            case .p50: 50
            case .p90: 90
            case .p95: 95
            case .p99: 99
            }
        }
    }
}
