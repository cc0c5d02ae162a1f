import Graph

extension UnitTrainer {
    /// The unit that the parameters make.
    func trained(
        _ parameters: [[Float]],
        rateWeights: [Float],
        validation: [TrainedUnit.Figures],
        losses: [Float]
    ) throws(BottleneckError) -> TrainedUnit {
        let count = layout.parameters.count
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
        let steps = parameters[count].map { Float.exponential($0) }
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
