/// The means of a rate point over the images.
package struct PointSummary: Equatable, Sendable {
    package var name: String
    /// Payload bytes per image.
    package var bytes: Estimate
    /// KL to the uncut network, in nats.
    package var divergence: Estimate?
    /// Share of images on which the first class is the uncut network's, 0...1.
    package var agreement: Estimate?
    /// Share of images on which the first class is the label, 0...1.
    package var accuracy: Estimate?

    package init(
        name: String,
        bytes: Estimate,
        divergence: Estimate? = nil,
        agreement: Estimate? = nil,
        accuracy: Estimate? = nil
    ) {
        self.name = name
        self.bytes = bytes
        self.divergence = divergence
        self.agreement = agreement
        self.accuracy = accuracy
    }

    /// Nil if the point does not know it.
    package subscript(metric: QualityMetric) -> Estimate? {
        switch metric {
        case .divergence: divergence
        case .agreement: agreement
        case .accuracy: accuracy
        }
    }
}
