/// Keeps single steps from being led by a few odd examples: a gradient longer than is usual is shortened.
///
/// What is usual is a moving average of the lengths of a parameter's gradients, so that no scale has
/// to be known. Adam divides by a moving average too, but a long gradient would stay in its first moment.
struct GradientClipping: Sendable {
    /// The longest gradient that is left as it is, in units of the usual length.
    private static let limit = 2.0
    /// Of the moving average, for each step.
    private static let decay = 0.95

    private var usualLength: Double?

    /// What to multiply a gradient with.
    mutating func factor(for gradient: [Float]) -> Float {
        let length = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        guard length > 0 else { return 1 }
        guard let usual = usualLength else {
            usualLength = length
            return 1
        }
        let factor = min(1, Self.limit * usual / length)
        usualLength = usual + (1 - Self.decay) * (factor * length - usual)
        return Float(factor)
    }
}
