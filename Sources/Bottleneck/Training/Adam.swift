/// Adam's state for one parameter tensor.
///
/// Source: Kingma and Ba, "Adam: a method for stochastic optimization", algorithm 1,
/// https://arxiv.org/abs/1412.6980.
///
///     var adam = Adam(count: weights.count)
///     adam.update(&weights, gradient: gradient, rate: 1e-4)
package struct Adam: Sendable {
    private static let decay: (first: Float, second: Float) = (0.9, 0.999)
    private static let epsilon: Float = 1e-8

    private var first: [Float]
    private var second: [Float]
    /// β₁ᵗ and β₂ᵗ after t updates.
    private var power: (first: Float, second: Float) = (1, 1)

    /// - Parameter count: How many values the parameter has.
    package init(count: Int) {
        first = [Float](repeating: 0, count: count)
        second = first
    }

    /// Takes a step down the gradient.
    ///
    /// - Parameters:
    ///   - values: The parameter.
    ///   - gradient: As many values.
    ///   - rate: How far each value moves at most, roughly.
    package mutating func update(_ values: inout [Float], gradient: [Float], rate: Float) {
        precondition(values.count == first.count && gradient.count == first.count)
        power.first *= Self.decay.first
        power.second *= Self.decay.second
        let pace = rate / (1 - power.first)
        let correction = 1 / (1 - power.second)
        for index in values.indices {
            let slope = gradient[index]
            first[index] += (1 - Self.decay.first) * (slope - first[index])
            second[index] += (1 - Self.decay.second) * (slope * slope - second[index])
            let scale = (second[index] * correction).squareRoot() + Self.epsilon
            values[index] -= pace * first[index] / scale
        }
    }
}
