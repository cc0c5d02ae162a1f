/// An initializer of a unit's graphs that training changes.
package struct TrainedParameter: Hashable, Sendable {
    package enum Part: String, Sendable {
        case encoder, decoder
    }

    package var part: Part
    /// The initializer's.
    package var name: String
    /// At the end of the warm-up.
    package var learningRate: Float

    package init(_ part: Part, _ name: String, learningRate: Float = 1e-4) {
        (self.part, self.name, self.learningRate) = (part, name, learningRate)
    }
}
