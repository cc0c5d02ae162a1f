import SimulationCore

/// MSER-5: how much of the start of a sequence to leave out of its mean.
///
/// The truncation point minimises the squared standard error of what remains, Σ(Yᵢ - Ȳ)²/(n - d)², over means
/// Y of five values each (White, "An effective truncation heuristic for bias reduction in simulation
/// output", Simulation 69(6), 1997; MSER-5: White, Cobb and Spratt, WSC 2000). To keep memory bounded, neighbouring
/// means are merged when there are `mostBatches`, so that a long sequence is cut at multiples of 10, 20, …
struct WarmUpDetector {
    /// Where a sequence is cut.
    struct Truncation: Equatable {
        /// Values before the cut.
        var values: Int
        /// When the last of them was recorded; the run's start when there are none.
        var time: SimulationTime
        /// The mean of what remains.
        var mean: Double
    }

    static let mostBatches = 4096

    private(set) var batchSize = 5
    private var sums: [Double] = []
    private var ends: [SimulationTime] = []
    private var openSum = 0.0
    private var openCount = 0

    @inline(__always)
    mutating func record(_ value: Double, at time: SimulationTime) {
        openSum += value
        openCount += 1
        if openCount == batchSize { closeBatch(at: time) }
    }

    /// The cut; nil when fewer than ten batches are there, or the best cut lies in the second half: then the
    /// sequence has not settled.
    var truncation: Truncation? {
        let count = sums.count
        guard count >= 10 else { return nil }
        let size = Double(batchSize)
        // Deviations from a value nearby keep the sums of squares exact enough.
        let pivot = sums[count - 1] / size
        var sum = 0.0
        var squares = 0.0
        var best = (cut: 0, error: Double.infinity, sum: 0.0)
        // A handful of means at the very end would agree by chance.
        let leastKept = 5
        for cut in stride(from: count - 1, through: 0, by: -1) {
            let deviation = sums[cut] / size - pivot
            sum += deviation
            squares += deviation * deviation
            let kept = Double(count - cut)
            guard count - cut >= leastKept else { continue }
            let error = max(0, squares - sum * sum / kept) / (kept * kept)
            if error <= best.error { best = (cut, error, sum) }
        }
        guard best.cut <= count / 2 else { return nil }
        return Truncation(
            values: best.cut * batchSize,
            time: best.cut == 0 ? .start : ends[best.cut - 1],
            // With the values that do not fill a batch.
            mean: pivot + (best.sum * size + openSum - pivot * Double(openCount))
                / Double((count - best.cut) * batchSize + openCount)
        )
    }

    private mutating func closeBatch(at time: SimulationTime) {
        sums.append(openSum)
        ends.append(time)
        openSum = 0
        openCount = 0
        guard sums.count == Self.mostBatches else { return }
        for index in 0..<(sums.count / 2) {
            sums[index] = sums[2 * index] + sums[2 * index + 1]
            ends[index] = ends[2 * index + 1]
        }
        sums.removeLast(sums.count / 2)
        ends.removeLast(ends.count / 2)
        batchSize *= 2
    }
}
