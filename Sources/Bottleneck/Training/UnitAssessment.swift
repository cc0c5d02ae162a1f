import Foundation
import Graph
import Inference

/// Measures a unit at all levels, without gradients.
struct UnitAssessment {
    /// On how many samples slopes are measured.
    private static let slopeSamples = 96
    /// How far steps are moved for them, in octaves to either side.
    private static let slopeReach: Float = 0.25
    private static let batch = 32

    private let layout: TrainingLayout
    private let pool: TrainingPool

    init(_ trainer: UnitTrainer) throws(BottleneckError) {
        layout = trainer.layout
        pool = try TrainingPool(
            layout,
            batch: Self.batch,
            hasGradients: false,
            seed: trainer.options.seed,
            engine: trainer.engine
        )
    }

    /// Means over the samples, for each level.
    func figures(
        _ parameters: [[Float]],
        on data: TrainingData
    ) throws(BottleneckError) -> [TrainedUnit.Figures] {
        let levels = layout.steps.count
        let examples = (0..<levels * data.count).map { index in
            TrainingWorker.Example(
                sample: index % data.count,
                level: index / data.count,
                // The same noise at all levels, and at every call.
                draw: (UInt32(index % data.count), .max),
                rateWeight: 0,
                weight: 1
            )
        }
        let outputs = try pool.run(examples, of: data, parameters: parameters).outputs
        func mean(_ output: TrainingGraph.Output, _ level: Int) -> Double {
            let range = level * data.count..<(level + 1) * data.count
            return outputs[output.rawValue][range].reduce(0) { $0 + Double($1) }
                / Double(data.count)
        }
        return (0..<levels).map { level in
            .init(
                divergence: mean(.divergence, level),
                featureError: mean(.featureError, level),
                bits: mean(.bits, level)
            )
        }
    }

    /// −dD/dR of each level as its steps change, D being the distortion and R the bits.
    func slopes(_ parameters: [[Float]], on data: TrainingData) throws(BottleneckError) -> [Float] {
        let some = data.every(max(data.count / Self.slopeSamples, 1))
        let place = layout.parameters.count
        func moved(_ octaves: Float) throws(BottleneckError) -> [TrainedUnit.Figures] {
            var parameters = parameters
            for index in parameters[place].indices {
                parameters[place][index] += octaves * logf(2)
            }
            return try figures(parameters, on: some)
        }
        let (fine, coarse) = (try moved(-Self.slopeReach), try moved(Self.slopeReach))
        let slopes = zip(fine, coarse).map { fine, coarse in
            Float((coarse.distortion - fine.distortion) / (fine.bits - coarse.bits))
        }
        guard let smooth = smooth(slopes) else {
            throw BottleneckError(
                "training",
                "distortion does not fall with smaller steps: slopes \(slopes)",
                remedy: "give levels with smaller steps, or more samples"
            )
        }
        return smooth
    }

    /// The power of the step that comes closest to the slopes, by logarithms; nil if none is a fall.
    ///
    /// In theory it is the second. Where steps are so coarse that nothing is left of the latent, the
    /// distortion may even fall with coarser ones: such levels are left out.
    private func smooth(_ slopes: [Float]) -> [Float]? {
        let steps = layout.steps.map { steps in
            steps.reduce(0.0) { $0 + log(Double($1)) } / Double(steps.count)
        }
        let falls = slopes.indices.filter { slopes[$0].isFinite && slopes[$0] > 0 }
        guard !falls.isEmpty else { return nil }
        let count = Double(falls.count)
        let logarithms = slopes.map { log(Double($0)) }
        let middle = (
            falls.reduce(0) { $0 + steps[$1] } / count,
            falls.reduce(0) { $0 + logarithms[$1] } / count
        )
        let spread = falls.reduce(0) { $0 + (steps[$1] - middle.0) * (steps[$1] - middle.0) }
        let joint = falls.reduce(0) {
            $0 + (steps[$1] - middle.0) * (logarithms[$1] - middle.1)
        }
        let power = spread > 0 ? min(max(joint / spread, 1), 3) : 2
        return steps.map { Float(exp(middle.1 + power * ($0 - middle.0))) }
    }
}
