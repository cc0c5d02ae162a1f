import Foundation

/// The steps of a unit's levels: for a spectral unit the logarithms of their distortions are evenly spaced, by `falling`
/// those of the steps.
struct RateLadder {
    private static let count = 8
    /// What the divergence is expected to be at the coarsest and the finest level, in nats.
    ///
    /// They are estimates by the metric, good to a factor of two at the fine end; errors at the
    /// coarse end are too large for it.
    private static let expectations = (coarsest: 0.12, finest: 0.003)
    /// The coarsest level loses at most this share of the latents' energy.
    private static let largestLoss = 0.5
    /// How many latents distortions are taken on.
    private static let samples = 64
    /// log2 of the steps that are searched.
    private static let range = -16.0...16.0

    /// Falling.
    let steps: [Float]

    /// - Parameter latents: In units in which half a squared error is the expected divergence.
    init(_ latents: [[Float]]) {
        let count = min(latents.count, Self.samples)
        let chosen = (0..<count).map { latents[$0 * latents.count / count] }
        let coarsest = min(Self.expectations.coarsest, Self.largestLoss * Self.energy(chosen) / 2)
        let finest = min(Self.expectations.finest, coarsest / 2)
        steps = (0..<Self.count).map { level in
            let place = Double(level) / Double(Self.count - 1)
            return Self.step(for: coarsest * pow(finest / coarsest, place), chosen)
        }
    }

    /// Eight steps from the one that loses half of the latents' energy, each 2/3 of the one before.
    static func falling(_ latents: [[Float]]) -> [Float] {
        let coarsest = step(for: largestLoss * energy(latents) / 2, latents)
        return (0..<count).map { coarsest * Float(pow(2.0 / 3, Double($0))) }
    }

    /// The squares of a latent's numbers, summed up, on average.
    private static func energy(_ latents: [[Float]]) -> Double {
        latents.reduce(0.0) { sum, latent in
            sum + Double(latent.reduce(0) { $0 + $1 * $1 })
        } / Double(latents.count)
    }

    /// The largest step, to 1/64 octave, whose distortion is at most `divergence`.
    private static func step(for divergence: Double, _ latents: [[Float]]) -> Float {
        var (fine, coarse) = (Int(64 * range.lowerBound), Int(64 * range.upperBound))
        while coarse - fine > 1 {
            let middle = (coarse + fine) / 2
            let step = Float(exp2(Double(middle) / 64))
            if distortion(latents, step) <= divergence { fine = middle } else { coarse = middle }
        }
        return Float(exp2(Double(fine) / 64))
    }

    /// Half the squared error of rounding to multiples of `step`, summed over a latent, on average.
    static func distortion(_ latents: [[Float]], _ step: Float) -> Double {
        let gain = 1 / step
        var total = 0.0
        for latent in latents {
            var sum: Float = 0
            for value in latent {
                let error = value - (value * gain).rounded(.toNearestOrEven) * step
                sum += error * error
            }
            total += Double(sum)
        }
        return total / Double(2 * latents.count)
    }
}
