/// What one image did at one rate point.
package struct Measurement: Equatable, Sendable {
    /// Length of the payload on the wire, envelope included.
    package var payloadBytes: Int
    /// KL(p_uncut || p_cut) of the class probabilities, in nats.
    package var divergence: Double
    /// Whether the cut network's first class is the uncut network's.
    package var agrees: Bool
    /// Whether the cut network's first class is the label; nil without labels.
    package var isCorrect: Bool?

    /// `payloadBytes` is positive; a `divergence` that rounding made negative counts as 0.
    package init(payloadBytes: Int, divergence: Double, agrees: Bool, isCorrect: Bool? = nil) {
        precondition(payloadBytes > 0, "a payload has at least an envelope")
        precondition(divergence.isFinite, "the divergence of an image must be finite")
        self.payloadBytes = payloadBytes
        self.divergence = max(0, divergence)
        self.agrees = agrees
        self.isCorrect = isCorrect
    }
}
