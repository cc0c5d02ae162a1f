import SimulationCore

/// What was measured of a stage: durations to draw from, alone or as they followed one another.
///
/// A host that others share is slow for a while and fast again, so that the durations of requests that follow one
/// another are alike, and queues longer than independent draws would make them. Where a profile has its samples in
/// the order in which they were taken, an edge server lives through the measured time again, from a random place
/// on, around the end, and from another one for each pass: a circular block bootstrap whose block is all of it
/// (Politis and Romano, "A circular block-resampling procedure for stationary data", 1992). Each pass uses every
/// sample alike.
package struct MeasuredDurations: Sendable {
    private let distribution: EmpiricalDistribution
    /// Nanoseconds in the order in which they were taken; empty where there is none.
    private let series: [Int64]
    /// Over which `series` was taken, in nanoseconds.
    private let span: Int64

    init(_ measurement: ServiceProfile.Measurement) {
        distribution = EmpiricalDistribution(samples: measurement.nanoseconds)
        series = measurement.spanNanoseconds == nil ? [] : measurement.nanoseconds
        span = measurement.spanNanoseconds ?? 0
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
        return SimulationDuration(nanoseconds: series[min(index, series.count - 1)])
    }
}
