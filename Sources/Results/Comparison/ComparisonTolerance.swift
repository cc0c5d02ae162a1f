/// How far two runs may differ and still agree.
///
/// Figures are judged relative to the first run's, a stage's to the latency that it is a part of, requests that
/// were not completed to those that were issued: what matters of a part is what it does to the whole.
package struct ComparisonTolerance: Codable, Sendable, Equatable {
    /// Of means, medians, rates and sizes, relative.
    package var mean: Double
    /// Of the 90th and 99th percentile, relative.
    package var tail: Double
    /// Of shares, such as deadline attainment and accuracy: absolute.
    package var share: Double

    /// For a simulation from a profile.
    package static let prediction = Self(mean: 0.02, tail: 0.05, share: 0.01)

    /// For a simulation that was fed the other run's own durations.
    package static let replay = Self(mean: 0.01, tail: 0.02, share: 0.01)

    package init(mean: Double, tail: Double, share: Double) {
        (self.mean, self.tail, self.share) = (mean, tail, share)
    }

    /// How the figures of a kind are judged.
    enum Kind {
        case mean, tail, share
    }

    /// The largest difference allowed; `scale` is what a relative tolerance is of.
    func allowed(_ kind: Kind, scale: Double) -> Double {
        switch kind {
        case .mean: mean * scale.magnitude
        case .tail: tail * scale.magnitude
        case .share: share
        }
    }
}
