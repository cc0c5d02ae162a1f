import Links
package import Scenario
package import SimulationCore

/// When the devices of one group issue requests; a pure function of the seed.
package struct ArrivalProcess: Sendable {
    private let seed: UInt64
    private let arrivals: DeviceGroup.Arrivals
    /// The numbers of the group's devices, as `DeviceStreams` has them.
    private let streams: Range<UInt32>
    /// A trace's arrivals, ascending.
    private let times: [SimulationTime]

    /// - Parameters:
    ///   - group: whose arrivals they are.
    ///   - streams: the numbers of its devices, as `DeviceStreams` has them.
    ///   - seed: the scenario's.
    ///   - end: the run's; of what a trace has from then on some may be missing.
    package init(
        group: DeviceGroup,
        streams: Range<UInt32>,
        seed: UInt64,
        until end: SimulationTime
    ) {
        self.seed = seed
        self.arrivals = group.arrivals
        self.streams = streams
        self.times = Self.times(
            of: group.arrivals,
            stream: streams.lowerBound,
            seed: seed,
            until: end
        )
    }

    /// How many requests a device has in flight in a closed loop; nil for an open one.
    package var closedConcurrency: Int? {
        if case .closed(let concurrency, _) = arrivals { concurrency } else { nil }
    }

    /// The intended time of a device's arrival number `index`.
    ///
    /// `previous` is in an open loop the intended time of the arrival before (the run's start for
    /// the first), in a closed one the end of the request that this one follows. Nil after the
    /// last arrival.
    package func arrival(
        _ index: UInt32,
        stream: UInt32,
        after previous: SimulationTime
    ) -> SimulationTime? {
        switch arrivals {
        case .poisson(let rate):
            var draw = RandomDraw(seed: seed, purpose: .arrival, entity: stream, request: index)
            return previous
                + SimulationDuration(
                    nanoseconds: Int64(nearest: draw.exponential() / rate * 1e9)
                )
        case .periodic(let period, let jitter, let phase):
            let time = periodic(index, stream: stream, period: period, jitter: jitter, phase: phase)
            // A jitter longer than the period delays the arrivals behind it, too.
            return max(time, previous)
        case .closed(_, let think):
            var draw = RandomDraw(seed: seed, purpose: .thinkTime, entity: stream, request: index)
            return previous + think.draw(&draw)
        case .trace:
            let dealt = Int(stream - streams.lowerBound) + Int(index) * streams.count
            return dealt < times.count ? times[dealt] : nil
        }
    }

    /// The time on the grid and its jitter.
    private func periodic(
        _ index: UInt32,
        stream: UInt32,
        period: Double,
        jitter: SimulationDuration,
        phase: SimulationDuration?
    ) -> SimulationTime {
        var phaseDraw = RandomDraw(seed: seed, purpose: .arrival, entity: stream)
        let start =
            phase?.nanoseconds ?? Int64(phaseDraw.below(UInt64(max(period, 1))))
        var nanoseconds = start + Int64(nearest: Double(index) * period)
        if jitter > .zero {
            var draw = RandomDraw(
                seed: seed,
                purpose: .jitteredArrival,
                entity: stream,
                request: index
            )
            nanoseconds += Int64(draw.below(UInt64(jitter.nanoseconds)))
        }
        return SimulationTime(nanoseconds: nanoseconds)
    }

    /// A trace as instants: the requests of an interval lie uniformly in it.
    private static func times(
        of arrivals: DeviceGroup.Arrivals,
        stream: UInt32,
        seed: UInt64,
        until end: SimulationTime
    ) -> [SimulationTime] {
        guard case .trace(let trace) = arrivals else { return [] }
        switch trace {
        case .timestamps(let times): return times
        case .counts(let counts, let interval):
            let intervals = (end - .start).nanoseconds / interval.nanoseconds + 1
            return counts.prefix(Int(intervals)).enumerated().flatMap { index, count in
                var draw = RandomDraw(
                    seed: seed,
                    purpose: .arrival,
                    entity: stream,
                    request: UInt32(index)
                )
                let begin = Int64(index) * interval.nanoseconds
                return (0..<count).map { _ in
                    let within = Int64(draw.below(UInt64(interval.nanoseconds)))
                    return SimulationTime(nanoseconds: begin + within)
                }.sorted()
            }
        }
    }
}

extension DurationDistribution {
    /// One duration, never negative.
    package func draw(_ random: inout RandomDraw) -> SimulationDuration {
        switch self {
        case .constant(let span): span
        case .exponential(let mean): random.exponential(mean: mean)
        case .uniform(let low, let high): low + random.uniform(upTo: high - low)
        }
    }
}
