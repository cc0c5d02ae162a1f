import Foundation

/// The steps of a spectral unit's levels, chosen so that the distortion halves from one to the next.
struct RateLadder {
    /// What the divergence is expected to be at the coarsest level, in nats, and at the finest.
    ///
    /// They are estimates by the metric, good to a factor of two; interpolation between levels
    /// makes up for that.
    private static let expectations = (coarsest: 0.16, ratio: 0.8, count: 8)
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
        steps = (0..<Self.expectations.count).map { level in
            Self.step(
                for: Self.expectations.coarsest * exp2(-Self.expectations.ratio * Double(level)),
                chosen
            )
        }
    }

    /// Eight steps from the one that loses half of the latents' energy, each 2/3 of the one before.
    static func octaves(_ latents: [[Float]]) -> [Float] {
        let energy = latents.reduce(0.0) { sum, latent in
            sum + Double(latent.reduce(0) { $0 + $1 * $1 })
        }
        let coarsest = step(for: energy / Double(4 * latents.count), latents)
        return (0..<expectations.count).map { coarsest * Float(pow(2.0 / 3, Double($0))) }
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
