/// Work without a network: durations are drawn, payloads have a fixed size, accuracy is unknown.
///
/// Durations are not scaled by hardware factors.
package struct SyntheticWorkload: Sendable, Equatable {
    package var payloadBytes: Int
    package var resultBytes: Int
    package var device: DurationDistribution
    package var edge: DurationDistribution

    package init(
        payloadBytes: Int,
        resultBytes: Int,
        device: DurationDistribution,
        edge: DurationDistribution
    ) {
        self.payloadBytes = payloadBytes
        self.resultBytes = resultBytes
        self.device = device
        self.edge = edge
    }
}
