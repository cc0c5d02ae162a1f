import Coding

extension UnitEvaluation {
    /// The table of a unit whose levels were all measured.
    ///
    /// - Parameters:
    ///   - unit: The unit.
    ///   - curve: Of a `UnitMethod` of it.
    ///   - data: The images, in words or as a path.
    /// - Throws: `BottleneckError` when a graph of the unit cannot be read.
    package init(
        of unit: BottleneckUnit,
        _ curve: RateAccuracyCurve,
        data: String
    ) throws(BottleneckError) {
        let costs = try unit.graphCosts
        self.init(
            data: data,
            images: curve.imageCount,
            rows: curve.points.enumerated().map { Row(level: Double($0.offset), $0.element) },
            encoder: costs.encoder,
            decoder: costs.decoder,
            latentModelBytes: unit.latentModel.encodedDescription.count
        )
    }
}

extension UnitEvaluation.Row {
    fileprivate init(level: Double, _ point: RatePoint) {
        let count = Double(point.measurements.count)
        func mean(_ value: (Measurement) -> Double) -> Double {
            point.measurements.reduce(0) { $0 + value($1) } / count
        }
        self.init(
            level: level,
            bytes: mean { Double($0.payloadBytes) },
            divergence: mean(\.divergence),
            agreement: mean { $0.agrees ? 1 : 0 },
            top1: point.measurements[0].isCorrect.map { _ in mean { $0.isCorrect == true ? 1 : 0 } }
        )
    }
}
