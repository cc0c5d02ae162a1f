package import SimulationCore

/// How long a tail takes for a batch, by batch size and busy slots.
package struct BatchCurve: Sendable {
    private struct Point: Sendable {
        let batch: Int
        let durations: MeasuredDurations
    }

    /// By busy slots less one, then ascending batch sizes; never one size alone where others have several.
    private var levels: [[Point]]
    private let factor: Double

    /// - Parameters:
    ///   - measurements: of one tail; at least one.
    ///   - factor: duration on the simulated hardware over duration on the profile's host.
    package init(_ measurements: [ServiceProfile.Measurement], factor: Double) {
        precondition(!measurements.isEmpty, "a batch curve needs a measurement")
        self.factor = factor
        let busiest = measurements.map(\.busySlots).max() ?? 1
        let measured = (1...busiest).map { busy in
            measurements.filter { $0.busySlots == busy }
                .map { Point(batch: $0.batch, durations: MeasuredDurations($0)) }
                .sorted { $0.batch < $1.batch }
        }
        // One size tells nothing of others: that level counts as not measured.
        let least = measured.contains { $0.count > 1 } ? 2 : 1
        var levels: [[Point]] = []
        for points in measured {
            levels.append(points.count < least ? levels.last ?? [] : points)
        }
        // Fewer slots than were measured count as the fewest measured.
        let fewest = levels.first { !$0.isEmpty } ?? []
        self.levels = levels.map { $0.isEmpty ? fewest : $0 }
    }

    /// The duration of a batch: the one of `moment`, or at quantile `u` of samples that have no order.
    ///
    /// For a size that was not measured the means are interpolated linearly, or extrapolated along the last two sizes
    /// and never down, and the duration of the nearest size is scaled so; of two as near, that of the larger one. A
    /// size below the smallest takes as long as that.
    /// `busySlots` counts the slots busy from now on, this batch's included; a number that was not
    /// measured counts as the next lower one that was, or else as the fewest.
    package func duration(
        batch: Int,
        busySlots: Int,
        quantile u: Double,
        at moment: HostMoment
    ) -> SimulationDuration {
        let points = levels[min(max(busySlots, 1), levels.count) - 1]
        let after = points.firstIndex { $0.batch >= batch } ?? points.count - 1
        if points[after].batch == batch || after == 0 {
            return points[after].durations.duration(quantile: u, at: moment)
                .scaled(by: factor)
        }
        let (low, high) = (points[after - 1], points[after])
        let share = Double(batch - low.batch) / Double(high.batch - low.batch)
        let nearest = share < 0.5 ? low.durations : high.durations
        guard nearest.mean > 0 else { return .zero }
        let line = low.durations.mean + (high.durations.mean - low.durations.mean) * share
        let mean = batch > high.batch ? max(line, high.durations.mean) : line
        let duration = nearest.duration(quantile: u, at: moment)
        return ServiceProfile.duration(
            nanoseconds: Double(duration.nanoseconds) * mean / nearest.mean
        ).scaled(by: factor)
    }
}
