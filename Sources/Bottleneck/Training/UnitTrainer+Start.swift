import Foundation
import Graph
import Inference

extension UnitTrainer {
    /// From how many samples the entropy model's first scales are taken.
    private static let scaleSamples = 200

    /// What training starts from: the graphs' initializers, log steps, and log scales from data.
    func initialParameters(_ data: TrainingData) throws(BottleneckError) -> [[Float]] {
        let chosen = data.every(max(data.count / Self.scaleSamples, 1)).tensors
        let finest = layout.steps.flatMap(\.self).min() ?? 1
        return layout.parameters.map(layout.values)
            + [layout.steps.flatMap { $0.map { logf($0) } }]
            // A channel that is always zero at all levels needs no narrower density.
            + [try scales(chosen).map { logf(max($0, finest / 16)) }]
    }

    /// The logistic scale of each channel and group: its mean magnitude over 2 ln 2, which is that
    /// of the density's (Johnson, Kotz and Balakrishnan, Continuous univariate distributions, 23.4).
    private func scales(_ tensors: [[Float]]) throws(BottleneckError) -> [Float] {
        let groups = layout.groupCount
        let sums = try Shards.map(samples: tensors.count) { range throws(BottleneckError) in
            let encoder = try engine.compile(layout.encoder.model, name: "the encoder", batch: 1)
            var sums = [Double](repeating: 0, count: layout.channels * groups)
            for index in range {
                encoder.withInput(0) { _ = $0.update(fromContentsOf: tensors[index]) }
                do throws(InferenceError) {
                    try encoder.infer()
                } catch {
                    throw BottleneckError(error)
                }
                encoder.withOutput(0) { latent in
                    for (place, value) in latent.enumerated() {
                        let (channel, position) = place.quotientAndRemainder(
                            dividingBy: layout.positions
                        )
                        sums[channel * groups + Int(layout.groups[position])] +=
                            Double(abs(value))
                    }
                }
            }
            return sums
        }
        let sizes = (0..<groups).map { group in layout.groups.count { Int($0) == group } }
        return (0..<layout.channels * groups).map { index in
            let count = Double(tensors.count * max(sizes[index % groups], 1))
            return Float(sums.reduce(0) { $0 + $1[index] } / count / (2 * log(2)))
        }
    }
}

extension Float {
    /// e to the power of `exponent`.
    static func exponential(_ exponent: Float) -> Float { expf(exponent) }
}
