package import Graph

extension Network {
    /// This network with dense layers of `narrow` units in place of those of `wide`.
    ///
    /// Of a light network, which makes each weight by a ConstantOfShape node of the shape that it stores.
    package func withDenseLayers(of wide: Int, narrowedTo narrow: Int) throws -> Network {
        var model = model
        let shapes = Set(
            model.graph.node.filter { $0.opType == "ConstantOfShape" }.map { $0.input[0] }
        )
        for index in model.graph.initializer.indices
        where shapes.contains(model.graph.initializer[index].name) {
            guard let sizes = model.graph.initializer[index].integers else { continue }
            model.graph.initializer[index].clearRawData()
            model.graph.initializer[index].int64Data = sizes.map {
                Int64($0 == wide ? narrow : $0)
            }
        }
        // They state sizes of the wide layers.
        model.graph.valueInfo = []
        return try Network(model: model)
    }
}
