/// Everything that was measured in one run on the same images, and what it is to be read with.
package struct Evaluation: Sendable {
    /// What was evaluated, for titles.
    package var title: String
    /// One an image, in the order of every point's measurements.
    package let imageNames: [String]
    /// Share of images that the uncut network classifies rightly; nil without labels.
    package var uncutAccuracy: Double?
    /// Measured on these images.
    package let curves: [RateAccuracyCurve]
    /// Published by others, of other networks.
    package var published: [CurveSummary]
    /// Name of the curve that the others are compared with; nil for no comparison.
    package let anchor: String?
    /// What a reader has to know of the figures, a sentence each without a full stop.
    package var notes: [String] = []

    /// Curves with different names on the images of `imageNames`; `anchor` is one of them.
    package init(
        title: String,
        imageNames: [String],
        uncutAccuracy: Double? = nil,
        curves: [RateAccuracyCurve],
        published: [CurveSummary] = [],
        anchor: String? = nil
    ) {
        precondition(
            curves.allSatisfy { $0.imageCount == imageNames.count },
            "every curve is measured on the same images"
        )
        precondition(Set(curves.map(\.name)).count == curves.count, "names tell curves apart")
        precondition(
            anchor == nil || curves.contains { $0.name == anchor },
            "the anchor is one of the curves"
        )
        self.title = title
        self.imageNames = imageNames
        self.uncutAccuracy = uncutAccuracy
        self.curves = curves
        self.published = published
        self.anchor = anchor
    }
}
