import SimulationCore

/// What was measured of a stage: durations to draw from, alone or as they followed one another.
///
/// A host that others share is slow for a while and fast again, so that the durations of requests that follow one
/// another are alike, and queues longer than independent draws would make them. Where a profile has its samples in
/// the order in which they were taken, an edge server lives through the measured time again, from a random place
/// on, around the end, and from another one for each pass: a circular block bootstrap whose block is all of it
/// (Politis and Romano, "A circular block-resampling procedure for stationary data", 1992). The block is cut by time,
/// not by number: a slow moment has few samples and is long. A duration is one of the samples from its moment on, at
/// random: that of the moment itself would be taken again by the next request whose turn comes before it is over,
/// and so a short one more often than a long one is. Where the profile also tells how long the server had been idle
/// before each, a duration is the sample as it would be after the time that the server now was idle (`IdleEffect`).
package struct MeasuredDurations: Sendable {
    private let distribution: EmpiricalDistribution
    /// Nanoseconds in the order in which they were taken, without regard to idle times; empty where there is no order.
    private let series: [Double]
    /// When each of `series` was taken, in nanoseconds of `span`; ascending.
    private let times: [Int64]
    /// Over which `series` was taken, in nanoseconds.
    private let span: Int64
    /// Of it, a moment's length.
    private let window: Int64
    private let effect: IdleEffect

    init(_ measurement: ServiceProfile.Measurement) {
        let samples = measurement.nanoseconds
        distribution = EmpiricalDistribution(samples: samples)
        span = measurement.spanNanoseconds ?? 0
        let count = max(samples.count, 1)
        window = span / Int64(count) * Int64(min(Self.neighbourhood, count))
        guard measurement.spanNanoseconds != nil else {
            (series, times, effect) = ([], [], .none)
            return
        }
        times = measurement.takenNanoseconds ?? Self.evenTimes(samples.count, over: span)
        if let idleTimes = measurement.idleNanoseconds {
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

    /// Samples of a moment, on average: few, since those that follow one another are alike.
    private static let neighbourhood = 16

    private func duration(at moment: HostMoment) -> SimulationDuration {
        let count = series.count
        let begin = moment.elapsed(of: span)
        let first = firstTaken(from: begin)
        let beyond = begin - (span - window)
        let next =
            beyond < 0
            ? firstTaken(from: begin + window) : count + firstTaken(from: beyond)
        // In a time without samples the one that follows counts.
        let index = (first + Int(moment.choice * Double(next - first))) % count
        let nanoseconds = series[index] * effect.ratio(after: moment.idleTime.nanoseconds)
        return ServiceProfile.duration(nanoseconds: nanoseconds)
    }

    /// How many samples were taken before.
    private func firstTaken(from time: Int64) -> Int {
        var (low, high) = (0, times.count)
        while low < high {
            let middle = (low + high) / 2
            if times[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func evenTimes(_ count: Int, over span: Int64) -> [Int64] {
        (0..<count).map { Int64(Double($0) / Double(count) * Double(span)) }
    }
}

extension ServiceProfile {
    /// A duration made of samples, rounded; what comes out beyond `longestNanoseconds` is cut off.
    static func duration(nanoseconds: Double) -> SimulationDuration {
        let longest = Double(longestNanoseconds)
        return SimulationDuration(nanoseconds: Int64(nearest: min(max(nanoseconds, 0), longest)))
    }
}
