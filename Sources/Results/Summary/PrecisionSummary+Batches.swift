import Scenario
import SimulationCore

extension PrecisionSummary {
    /// - Parameters:
    ///   - precision: what was asked for.
    ///   - sequences: all devices' first, then each group's when there are several.
    ///   - stopped: when issuing stopped for it.
    init(_ precision: Precision, _ sequences: [LatencySequence], stopped: SimulationTime?) {
        let index = precision.group.map { $0 + 1 } ?? 0
        let batches = sequences[min(index, sequences.count - 1)].batches
        metric = precision.metric
        relative = precision.relative
        reached = batches.relativeHalfWidth(precision.figure, confidence: precision.confidence)
        met = stopped != nil || reached.map { $0 <= precision.relative } ?? false
        self.stopped = stopped?.nanoseconds
    }
}
