import Foundation
import SimulationCore

/// Which samples are trained on in which step, and at which level.
///
/// Samples are shuffled anew for every pass. The levels of a batch follow one another, so that every
/// batch has about as many examples of each.
struct TrainingOrder {
    /// Exponent of λ in an example's weight.
    ///
    /// Losses at coarse levels are larger, about in proportion
    /// to λ; at 0 they would outweigh the rest, at −1 noise at fine levels would.
    private static let weightExponent: Float = -0.75

    private let batch: Int
    private let seed: UInt64
    private let rateWeights: [Float]
    private let weights: [Float]
    private var order: [Int]
    private var used: Int
    private var pass: UInt32 = 0
    private var step: UInt32 = 0

    init(_ trainer: UnitTrainer, samples: Int, rateWeights: [Float]) {
        batch = trainer.options.batch
        seed = trainer.options.seed
        self.rateWeights = rateWeights
        let logarithms = rateWeights.map { logf($0) }
        let middle = logarithms.reduce(0, +) / Float(logarithms.count)
        let batch = Float(batch)
        weights = logarithms.map { expf(Self.weightExponent * ($0 - middle)) / batch }
        order = Array(0..<samples)
        used = samples
    }

    mutating func next() -> [TrainingWorker.Example] {
        let examples = (0..<batch).map { place in
            let level = (place + Int(step)) % rateWeights.count
            return TrainingWorker.Example(
                sample: nextSample(),
                level: level,
                draw: (UInt32(place), step),
                rateWeight: rateWeights[level],
                weight: weights[level]
            )
        }
        step += 1
        return examples
    }

    private mutating func nextSample() -> Int {
        if used == order.count {
            var draw = RandomDraw(seed: seed, purpose: .trainingOrder, entity: pass)
            // Fisher and Yates.
            for index in stride(from: order.count - 1, to: 0, by: -1) {
                order.swapAt(index, Int(draw.below(UInt64(index + 1))))
            }
            used = 0
            pass += 1
        }
        used += 1
        return order[used - 1]
    }
}
