extension SpectralTransform {
    /// Bands beyond these are zero on average, near enough.
    private static let bandsWithOffsets = 3

    /// The Karhunen–Loève transform of each band in the metric that the network gives it.
    ///
    /// With S the covariance and G the metric, the components are the eigenvectors U of
    /// G^½ S G^½: analysis Uᵀ G^½, synthesis its inverse. Errors of the latent then
    /// count alike, whichever component they are in, so that one step suits all of them.
    ///
    /// - Parameters:
    ///   - tensors: Moments of the cut tensor.
    ///   - metric: What errors cost.
    ///   - layout: What `tensors` has the bands of.
    /// - Throws: `BottleneckError` when moments or metric are not finite.
    init(
        tensors: BandMoments,
        metric: FisherMetric,
        layout: SpectralLayout
    ) throws(BottleneckError) {
        let size = layout.channels
        self.layout = layout
        (analysis, synthesis, offsets) = ([], [], [])
        for (band, metric) in metric.bands.enumerated() {
            let hasOffsets = band < Self.bandsWithOffsets
            let covariance = tensors.secondMoment(band: band, aboutMeans: hasOffsets)
            let root = try metric.squareRoot()
            let weighted = SquareMatrix.product(
                root.values,
                SquareMatrix.product(covariance.values, root.values, size),
                size
            )
            let vectors = try SymmetricMatrix(size: size, weighted).eigendecomposition().vectors
            // The synthesis undoes what the encoder does, rounding of its integers included.
            let exact = SquareMatrix.product(vectors, root.values, size).map(Float.init)
            let stored = ScaledIntegers(exact, size: size, axis: 0).values
            guard let inverse = SquareMatrix.inverse(stored.map(Double.init), size) else {
                preconditionFailure("a definite metric gives a transform that can be undone")
            }
            analysis.append(stored)
            synthesis.append(inverse.map(Float.init))
            guard hasOffsets else { continue }
            let means = tensors.means(band: band)
            let positions = layout.plane.bands[band].count
            offsets.append(
                (0..<size * positions).map { index in
                    let (row, position) = index.quotientAndRemainder(dividingBy: positions)
                    return Float(
                        (0..<size).reduce(0.0) {
                            $0 + Double(stored[row * size + $1]) * means[$1 * positions + position]
                        }
                    )
                }
            )
        }
    }
}
