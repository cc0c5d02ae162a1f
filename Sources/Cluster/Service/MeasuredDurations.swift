import SimulationCore

/// What was measured of a stage: durations to draw from, alone or as they followed one another.
///
/// A host that others share is slow for a while and fast again, so that the durations of requests that follow one
/// another are alike, and queues longer than independent draws would make them. Where a profile has its samples in
/// the order in which they were taken, an edge server lives through the measured time again, from a random place
/// on, around the end, and from another one for each pass: a circular block bootstrap whose block is all of it
/// (Politis and Romano, "A circular block-resampling procedure for stationary data", 1992). A duration is one of the
/// samples around its moment, at random: while a server has a queue, one that is short would else be taken more often
/// than a long one, since it is still the sample of the moment when the next request's turn comes. Where the profile also tells how long the server had been idle before each, a duration is the sample
/// of the moment as it would be after the time that the server now was idle (`IdleEffect`).
package struct MeasuredDurations: Sendable {
    private let distribution: EmpiricalDistribution
    /// Nanoseconds in the order in which they were taken, without regard to idle times; empty where there is no order.
    private let series: [Double]
    /// Over which `series` was taken, in nanoseconds.
    private let span: Int64
    private let effect: IdleEffect

    init(_ measurement: ServiceProfile.Measurement) {
        let samples = measurement.nanoseconds
        distribution = EmpiricalDistribution(samples: samples)
        span = measurement.spanNanoseconds ?? 0
        if measurement.spanNanoseconds == nil {
            (series, effect) = ([], .none)
        } else if let idleTimes = measurement.idleNanoseconds {
            effect = IdleEffect(samples, after: idleTimes)
            series = effect.removed(from: samples, after: idleTimes)
        } else {
            (series, effect) = (samples.map { Double($0) }, .none)
        }
    }

    /// Whether durations follow one another as they were measured.
    var isInOrder: Bool { !series.isEmpty }

    /// In nanoseconds.
    var mean: Double { Double(distribution.mean.nanoseconds) }

    /// A duration; `moment` is nil for what is drawn alone.
    func draw(_ random: inout RandomDraw, at moment: HostMoment?) -> SimulationDuration {
        guard let moment, isInOrder else { return distribution.draw(&random) }
        return duration(at: moment)
    }

    /// The one of the moment; where samples have no order, that at quantile `u`.
    func duration(quantile u: Double, at moment: HostMoment) -> SimulationDuration {
        isInOrder ? duration(at: moment) : distribution.quantile(u)
    }

    /// Samples of a moment: few, since those that follow one another are alike.
    private static let neighbourhood = 16

    private func duration(at moment: HostMoment) -> SimulationDuration {
        let count = series.count
        let place = Int(moment.share(of: span) * Double(count))
        let offset = Int(moment.choice * Double(min(Self.neighbourhood, count)))
        let nanoseconds =
            series[(place + offset) % count] * effect.ratio(after: moment.idleTime.nanoseconds)
        return ServiceProfile.duration(nanoseconds: nanoseconds)
    }
}

extension ServiceProfile {
    /// A duration made of samples, rounded; what comes out beyond `longestNanoseconds` is cut off.
    static func duration(nanoseconds: Double) -> SimulationDuration {
        let longest = Double(longestNanoseconds)
        return SimulationDuration(nanoseconds: Int64(nearest: min(max(nanoseconds, 0), longest)))
    }
}
