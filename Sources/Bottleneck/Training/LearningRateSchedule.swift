import Foundation

/// What learning rates are multiplied with in the course of training: a linear rise, then half a period
/// of a cosine down to zero.
///
/// Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts",
/// https://arxiv.org/abs/1608.03983.
package struct LearningRateSchedule: Equatable, Sendable {
    /// Steps of the rise.
    package let warmUp: Int
    /// All steps.
    package let steps: Int

    package init(warmUp: Int, steps: Int) {
        precondition((0..<max(steps, 1)).contains(warmUp), "the rise ends before training does")
        (self.warmUp, self.steps) = (warmUp, steps)
    }

    /// In 0...1, for step 0..<`steps`.
    package func factor(at step: Int) -> Float {
        guard step >= warmUp else { return Float(step + 1) / Float(warmUp + 1) }
        let progress = Double(step - warmUp) / Double(max(steps - warmUp, 1))
        return Float((1 + cos(Double.pi * progress)) / 2)
    }
}
