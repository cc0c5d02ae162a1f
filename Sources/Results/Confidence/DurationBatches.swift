import Histogram
import Scenario
import SimulationCore

/// A sequence of durations in consecutive batches of equal size, for intervals of its mean and percentiles.
///
/// Non-overlapping batch means; percentiles by sectioning (Asmussen and Glynn, "Stochastic Simulation", 2007,
/// III.5): the spread of the batches' percentiles around that of all batches together, so that their bias
/// widens the interval. Where that bias shows, batches are too short to be told from each other's remains, and
/// there is no interval. Batches double in size when there are `mostBatches`; each keeps a sum and a histogram of
/// two significant digits, read with interpolation.
struct DurationBatches {
    static let mostBatches = 32
    /// With fewer, the t quantile and the spread's own error make an interval of little use.
    static let fewestBatches = 10
    /// Requests above a percentile that a batch needs on average for its own estimate of it.
    static let fewestAbove = 10.0

    /// How far a published percentile may lie above the exact one, as a fraction: see `DurationStatistics`.
    static let resolution = 1e-3

    private struct Batch {
        static let empty = Histogram<UInt32>.ofDurations(.two)

        var sum: Double = 0
        var histogram = Self.empty
    }

    private(set) var batchSize = 8
    private var closed: [Batch] = []
    private var open = Batch()
    private var openCount = 0

    /// Complete batches.
    var count: Int { closed.count }

    @inline(__always)
    mutating func record(_ duration: SimulationDuration) {
        open.sum += Double(duration.nanoseconds)
        open.histogram.record(UInt64(duration.nanoseconds))
        openCount += 1
        if openCount == batchSize { closeBatch() }
    }

    /// Half of the interval of a figure over the figure; nil with too few or too short batches.
    func relativeHalfWidth(_ figure: Precision.Figure, confidence: Double) -> Double? {
        guard count >= Self.fewestBatches else { return nil }
        let value: Double
        let halfWidth: Double?
        if let percent = figure.percent {
            value = Self.percentiles([percent], of: histogramOfAll)[0]
            halfWidth = percentileHalfWidths([percent], confidence: confidence)[0]
        } else {
            value = mean
            halfWidth = meanHalfWidth(confidence: confidence)
        }
        // Latencies of zero are known exactly.
        return halfWidth.map { $0 == 0 ? 0 : $0 / value }
    }

    /// Half of the interval of the mean, in nanoseconds; nil with too few batches.
    func meanHalfWidth(confidence: Double) -> Double? {
        guard count >= Self.fewestBatches else { return nil }
        let estimates = BatchEstimates(closed.map { $0.sum / Double(batchSize) }, of: mean)
        return estimates.halfWidth(confidence: confidence)
    }

    /// Halves of the intervals of percentiles, in nanoseconds; nil with too few or too short batches.
    ///
    /// - Parameters:
    ///   - percents: in ascending order.
    ///   - confidence: between 0 and 1.
    /// - Returns: one for each of `percents`.
    func percentileHalfWidths(_ percents: [Double], confidence: Double) -> [Double?] {
        guard count >= Self.fewestBatches else { return percents.map { _ in nil } }
        let whole = Self.percentiles(percents, of: histogramOfAll)
        let parts = closed.map { Self.percentiles(percents, of: $0.histogram) }
        return percents.indices.map { index in
            guard (1 - percents[index] / 100) * Double(batchSize) >= Self.fewestAbove else {
                return nil
            }
            let estimates = BatchEstimates(parts.map { $0[index] }, of: whole[index])
            guard !estimates.areBiased else { return nil }
            return estimates.halfWidth(confidence: confidence) + whole[index] * Self.resolution
        }
    }

    /// Of the complete batches.
    private var mean: Double {
        closed.reduce(0) { $0 + $1.sum } / Double(count * batchSize)
    }

    private var histogramOfAll: Histogram<UInt32> {
        closed.dropFirst().reduce(into: closed[0].histogram) { $0.add($1.histogram) }
    }

    /// Between the borders of the bucket that holds the rank, in proportion to the rank's place in it.
    private static func percentiles(
        _ percents: [Double],
        of histogram: Histogram<UInt32>
    ) -> [Double] {
        var found: [Double] = []
        var passed = 0.0
        var inside = 0.0
        var value: UInt64 = 0
        var buckets = histogram.occupiedBuckets
        for percent in percents {
            let rank = percent / 100 * Double(histogram.totalCount)
            while passed + inside < rank, let bucket = buckets.next() {
                passed += inside
                inside = Double(bucket.count)
                value = bucket.highest
            }
            let width = Double(histogram.sizeOfEquivalentRangeForValue(value))
            let lowest = Double(value) + 1 - width
            found.append(lowest + width * (inside == 0 ? 0 : (rank - passed) / inside))
        }
        return found
    }

    private mutating func closeBatch() {
        closed.append(open)
        open = Batch()
        openCount = 0
        guard closed.count == Self.mostBatches else { return }
        for index in 0..<(closed.count / 2) {
            var merged = closed[2 * index]
            merged.sum += closed[2 * index + 1].sum
            merged.histogram.add(closed[2 * index + 1].histogram)
            closed[index] = merged
        }
        closed.removeLast(closed.count / 2)
        batchSize *= 2
    }
}
