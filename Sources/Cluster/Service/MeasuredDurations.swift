import SimulationCore

/// What was measured of a stage: durations to draw from, alone or as they followed one another.
///
/// A host that others share is slow for a while and fast again, so that the durations of requests that follow one
/// another are alike, and queues longer than independent draws would make them. Where a profile has its samples in
/// the order in which they were taken, an edge server lives through the measured time again, from a random place
/// on, around the end, and from another one for each pass: a circular block bootstrap whose block is all of it
/// (Politis and Romano, "A circular block-resampling procedure for stationary data", 1992). Each pass uses every
/// sample alike. Where the profile also tells how long the server had rested before each, a duration is the sample
/// of the moment as it would be after the rest that the server now has (`RestEffect`).
package struct MeasuredDurations: Sendable {
    private let distribution: EmpiricalDistribution
    /// Nanoseconds in the order in which they were taken, each as if after an average rest; empty where there
    /// is no order.
    private let series: [Double]
    /// Over which `series` was taken, in nanoseconds.
    private let span: Int64
    private let effect: RestEffect

    init(_ measurement: ServiceProfile.Measurement) {
        distribution = EmpiricalDistribution(samples: measurement.nanoseconds)
        span = measurement.spanNanoseconds ?? 0
        let ordered = measurement.spanNanoseconds == nil ? [] : measurement.nanoseconds
        guard let rests = measurement.restNanoseconds, !ordered.isEmpty else {
            series = ordered.map { Double($0) }
            effect = .none
            return
        }
        let effect = RestEffect(ordered, after: rests)
        series = zip(ordered, rests).map { Double($0) / effect.ratio(after: $1) }
        self.effect = effect
    }

    /// A duration; `moment` is nil for what is drawn alone.
    func draw(_ random: inout RandomDraw, at moment: HostMoment?) -> SimulationDuration {
        guard let moment, !series.isEmpty else { return distribution.draw(&random) }
        return duration(at: moment)
    }

    /// The one of the moment; where samples have no order, that at quantile `u`.
    func duration(quantile u: Double, at moment: HostMoment) -> SimulationDuration {
        series.isEmpty ? distribution.quantile(u) : duration(at: moment)
    }

    private func duration(at moment: HostMoment) -> SimulationDuration {
        let index = Int(moment.share(of: span) * Double(series.count))
        let nanoseconds =
            series[min(index, series.count - 1)] * effect.ratio(after: moment.rest.nanoseconds)
        return SimulationDuration(nanoseconds: Int64(nanoseconds.rounded()))
    }
}
