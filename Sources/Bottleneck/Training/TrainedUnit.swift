package import Graph

/// What training made of a unit.
package struct TrainedUnit: Sendable {
    /// How the unit does at one level, on average over samples.
    package struct Figures: Equatable, Sendable {
        /// Kullback–Leibler, of the classes' probabilities from the uncut network's, in nats.
        package var divergence: Double
        /// Of the late tensor, in units of its square.
        package var featureError: Double
        /// By the training's entropy model; real tables do better.
        package var bits: Double

        /// What training makes small together with the rate.
        package var distortion: Double {
            divergence + Double(TrainingGraph.featureWeight) * featureError
        }

        var isFinite: Bool { distortion.isFinite && bits.isFinite }
    }

    /// The graphs, whose trained initializers hold their last values.
    package var encoder: Network
    package var decoder: Network
    /// Of each level, as many as were given.
    package var steps: [[Float]]
    /// λ of each level: how much distortion a bit was worth.
    package var rateWeights: [Float]
    /// Of each level, on what was kept for validation; empty without.
    package var validation: [Figures]
    /// The mean loss of every step.
    package var losses: [Float]

    /// The mean over levels of distortion + λ · bits, each in units of what `start` has.
    package func loss(relativeTo start: [Figures]) -> Double {
        Self.loss(validation, relativeTo: start, rateWeights: rateWeights)
    }

    static func loss(
        _ figures: [Figures],
        relativeTo start: [Figures],
        rateWeights: [Float]
    ) -> Double {
        let losses = figures.indices.map { level in
            let weight = Double(rateWeights[level])
            return (figures[level].distortion + weight * figures[level].bits)
                / (start[level].distortion + weight * start[level].bits)
        }
        return losses.reduce(0, +) / Double(losses.count)
    }
}
