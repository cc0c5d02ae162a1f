import Coding
import Graph

extension UnitTrainer {
    /// The unit that the parameters make.
    ///
    /// - Throws: `BottleneckError` when its numbers or figures are not finite, or a step is not one that
    ///   levels may have.
    func trained(
        _ parameters: [[Float]],
        rateWeights: [Float],
        validation: [TrainedUnit.Figures],
        losses: [Float]
    ) throws(BottleneckError) -> TrainedUnit {
        let count = layout.parameters.count
        let steps = parameters[count].map { Float.exponential($0) }
        guard parameters.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
            throw .diverged("it ends with numbers that are not finite")
        }
        guard steps.allSatisfy(LatentLevel.steps.contains) else {
            throw .diverged("it ends with a step that is not within 2^-24 to 2^24")
        }
        guard validation.allSatisfy(\.isFinite) else {
            throw .diverged("what it ends with has figures that are not finite")
        }
        func network(_ part: TrainedParameter.Part) throws(BottleneckError) -> Network {
            var model = layout.network(part).model
            for (parameter, values) in zip(layout.parameters, parameters)
            where parameter.part == part {
                model.graph.setInitializer(parameter.name, values)
            }
            let changed = model
            return try BottleneckError.rethrowing { () throws(GraphError) in
                try Network(model: changed)
            }
        }
        let perLevel = layout.steps[0].count
        return TrainedUnit(
            encoder: try network(.encoder),
            decoder: try network(.decoder),
            steps: layout.steps.indices.map {
                Array(steps[$0 * perLevel..<($0 + 1) * perLevel])
            },
            rateWeights: rateWeights,
            validation: validation,
            losses: losses
        )
    }
}
