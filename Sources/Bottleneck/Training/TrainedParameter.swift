/// An initializer of a unit's graphs that training changes.
package struct TrainedParameter: Hashable, Sendable {
    package enum Part: String, Sendable {
        case encoder, decoder
    }

    package var part: Part
    /// The initializer's.
    package var name: String
    /// About how far its values move in a step, in units of `scale`, once the warm-up is over.
    package var learningRate: Float
    /// How large its values are; nil for the root mean square of those that it has.
    package var scale: Float?

    /// - Precondition: An initializer of zeros needs a scale.
    package init(_ part: Part, _ name: String, learningRate: Float = 1e-3, scale: Float? = nil) {
        (self.part, self.name, self.learningRate, self.scale) = (part, name, learningRate, scale)
    }
}
