/// What logits say.
package struct Prediction: Sendable, Equatable {
    /// The index of the largest logit, the first of equals.
    package var label: Int32
    /// The largest logit less the second largest; 0 for a tie.
    package var margin: Float

    package init(logits: some Collection<Float>) {
        var best: (label: Int32, value: Float) = (0, -.infinity)
        var second = -Float.infinity
        for (index, value) in logits.enumerated() {
            if value > best.value {
                second = best.value
                best = (Int32(index), value)
            } else if value > second {
                second = value
            }
        }
        label = best.label
        margin = second == -.infinity ? 0 : best.value - second
    }
}
