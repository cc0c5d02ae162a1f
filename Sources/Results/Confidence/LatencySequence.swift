import SimulationCore

/// The latencies of completed requests in the order in which they ended: what their intervals and their
/// warm-up follow from.
///
/// Unlike the other figures these depend on the order. Memory is bounded.
struct LatencySequence {
    private(set) var warmUp = WarmUpDetector()
    private(set) var batches = DurationBatches()

    @inline(__always)
    mutating func record(_ latency: SimulationDuration, at time: SimulationTime) {
        warmUp.record(Double(latency.nanoseconds), at: time)
        batches.record(latency)
    }
}
