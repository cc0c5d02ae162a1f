/// What a curve needs to be as good as asked for.
package enum RateAtQuality: Equatable, Sendable {
    /// Payload bytes per image.
    case bytes(Estimate)
    /// The cheapest point, of this many bytes, is better already.
    case below(Double)
    /// No point is good enough.
    case notReached
}
