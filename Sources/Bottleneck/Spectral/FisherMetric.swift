/// How much an error of the cut tensor matters, by frequency band: C × C each.
///
/// For a small error δ of the tensor, the classes' Kullback–Leibler divergence from the uncut network's
/// is ½ δᵀ F δ, F being the Fisher information of the logits taken back to the tensor. F is the
/// mean of g gᵀ over gradients g of vᵀ · logits with v ~ N(0, diag p − p pᵀ), p the classes'
/// probabilities (Martens, "New insights and perspectives on the natural gradient method", JMLR
/// 2020). Frequencies of a band share one block; correlations between frequencies are left out.
struct FisherMetric: Sendable {
    /// Weight of a band's own gradients; the rest is the mean over all bands, scaled to the band.
    private static let ownWeight = 0.5

    /// What is added to the diagonal, in units of its mean: directions that the gradients at hand do
    /// not show matter a little, too.
    private static let ridge = 0.075

    /// One for each band.
    let bands: [SymmetricMatrix]

    /// - Parameters:
    ///   - gradients: Moments of the gradients g.
    ///   - plane: The bands.
    init(gradients: BandMoments, plane: PlaneTransform) {
        let own = plane.bands.indices.map {
            gradients.secondMoment(band: $0, aboutMeans: false)
        }
        let size = own[0].size
        let zero = SymmetricMatrix(size: size, [Double](repeating: 0, count: size * size))
        let mean = zip(own, plane.bands).reduce(zero) { sum, band in
            sum + Double(band.1.count) / Double(plane.count) * band.0
        }
        bands = own.map { band in
            // A network that ignores a band gives no gradients: keep the metric definite.
            let share = max(band.trace, 1e-6 * mean.trace) / max(mean.trace, .leastNormalMagnitude)
            let mixed = Self.ownWeight * band + (1 - Self.ownWeight) * share * mean
            let floor = max(Self.ridge * mixed.trace / Double(size), 1e-30)
            return mixed.addingToDiagonal(floor)
        }
    }
}
