/// A setting of the rate, such as a level, a quality or a bit depth, measured on every image.
package struct RatePoint: Equatable, Sendable {
    /// What tells it from the curve's other points, such as `q 40`.
    package var name: String
    /// In the order of the images, which is the same for every point of an evaluation.
    package let measurements: [Measurement]

    /// A point with at least one measurement, of which all or none know whether they are correct.
    package init(_ name: String, _ measurements: [Measurement]) {
        precondition(!measurements.isEmpty, "a rate point without images has no means")
        let labelled = measurements.count { $0.isCorrect != nil }
        precondition(
            labelled == 0 || labelled == measurements.count,
            "either every image has a label or none has"
        )
        self.name = name
        self.measurements = measurements
    }

    /// Means over the images, and over each of the resamples of `bootstrap`.
    func resampled(_ bootstrap: Bootstrap) -> ResampledPoint {
        func mean(_ metric: QualityMetric) -> ResampledMean? {
            guard metric.value(measurements[0]) != nil else { return nil }
            return bootstrap.mean(of: measurements.compactMap(metric.value))
        }
        return ResampledPoint(
            name: name,
            bytes: bootstrap.mean(of: measurements.map { Double($0.payloadBytes) }),
            divergence: mean(.divergence),
            agreement: mean(.agreement),
            accuracy: mean(.accuracy)
        )
    }
}
