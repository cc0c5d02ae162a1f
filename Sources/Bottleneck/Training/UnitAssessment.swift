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
        guard slopes.allSatisfy({ $0.isFinite && $0 > 0 }) else {
            throw BottleneckError(
                "training",
                "distortion does not fall from one rate level to the next: slopes \(slopes)",
                remedy: "give levels with smaller steps, or more samples"
            )
        }
        return slopes
    }
}
