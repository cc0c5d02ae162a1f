/// The Karhunen–Loève transform of patches of a tensor, in the metric of the tail's Fisher matrix.
///
/// With S the covariance of patches and G the metric, analysis is Uᵀ G^½ and synthesis G^−½ U, the
/// columns of U being the eigenvectors of G^½ S G^½: the squared error of the components is the
/// patches' error in the metric. A patch is ordered by channel, row and column, as a convolution's kernel.
struct PatchTransform {
    /// How many channels the tensor has.
    let channels: Int
    /// The length of a patch's side.
    let side: Int
    /// Of each channel.
    let means: [Double]
    /// Row k computes component k; components from the largest variance to the least.
    let analysis: [Double]
    /// Column k is component k's share of the patch.
    let synthesis: [Double]
    /// Of each channel.
    let deviations: [Double]

    /// Numbers of a patch, and components.
    var size: Int { channels * side * side }

    /// - Parameters:
    ///   - tensors: At least one, [C, H, W] each.
    ///   - shape: [C, H, W], H and W multiples of `side`.
    ///   - side: Of a patch.
    ///   - metric: C × C, positive definite, the same at every place; nil for the identity.
    /// - Throws: `BottleneckError` when a tensor or the metric is not finite.
    init(
        tensors: [[Float]],
        shape: [Int],
        side: Int,
        metric: SymmetricMatrix?
    ) throws(BottleneckError) {
        let moments = PatchMoments(tensors, shape: shape, side: side)
        (channels, self.side) = (shape[0], side)
        (means, deviations) = (moments.means, moments.deviations)
        let size = moments.size
        let root = try metric.map { metric throws(BottleneckError) in
            Self.expanded(try metric.squareRoot(), side: side)
        }
        guard let root, let inverse = SquareMatrix.inverse(root, size) else {
            let vectors = try moments.covariance.eigendecomposition().vectors
            analysis = vectors
            synthesis = SquareMatrix.transposed(vectors, size)
            return
        }
        let half = SquareMatrix.product(root, moments.covariance.values, size)
        let weighted = SymmetricMatrix(size: size, SquareMatrix.product(half, root, size))
        let vectors = try weighted.eigendecomposition().vectors
        analysis = SquareMatrix.product(vectors, root, size)
        synthesis = SquareMatrix.product(inverse, SquareMatrix.transposed(vectors, size), size)
    }

    /// The matrix that acts on channels alone, the same at each of a patch's places.
    private static func expanded(_ matrix: SymmetricMatrix, side: Int) -> [Double] {
        let places = side * side
        let size = matrix.size * places
        var whole = [Double](repeating: 0, count: size * size)
        for row in 0..<matrix.size {
            for column in 0..<matrix.size {
                for place in 0..<places {
                    whole[(row * places + place) * size + column * places + place] =
                        matrix.values[row * matrix.size + column]
                }
            }
        }
        return whole
    }
}
