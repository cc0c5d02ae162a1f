import Graph

/// What a spectral unit is applied to: the tensor's shape, and the transform of its planes.
struct SpectralLayout: Equatable {
    /// The cut tensor for one sample: [C, H, W] or [C].
    let shape: [Int]
    let plane: PlaneTransform

    var channels: Int { shape[0] }

    /// The latent for one sample.
    var latentShape: [Int] { [channels, plane.keptHeight, plane.keptWidth] }

    /// How many numbers a cut tensor has.
    var count: Int { shape.reduce(1, *) }

    /// - Parameters:
    ///   - shape: [C, H, W] or [C].
    ///   - needsMeanOnly: Whether the tail averages the tensor's planes before anything else.
    init(shape: [Int], needsMeanOnly: Bool) {
        self.shape = shape
        plane =
            shape.count == 3
            ? PlaneTransform(height: shape[1], width: shape[2], keepsConstantOnly: needsMeanOnly)
            : PlaneTransform(height: 1, width: 1)
    }
}

extension OnnxModelBuilder {
    /// Adds the plane transform of `tensor`, [N, C, H, W] or [N, C].
    ///
    /// - Returns: The frequencies, [N, C, kept height · kept width], row by row.
    mutating func planeTransform(_ tensor: String, _ layout: SpectralLayout) -> String {
        let plane = layout.plane
        var planes = tensor
        if layout.shape.count == 3, plane.height * plane.width > 1 {
            let across = constant(
                "dct.across",
                PlaneTransform.inverseMatrix(size: plane.width, kept: plane.keptWidth),
                [plane.width, plane.keptWidth]
            )
            let down = constant(
                "dct.down",
                PlaneTransform.matrix(size: plane.height, kept: plane.keptHeight),
                [plane.keptHeight, plane.height]
            )
            let rows = node("MatMul", [planes, across], "rows")
            planes = node("MatMul", [down, rows], "planes")
        }
        let shape = constant("frequencies.shape", integers: [0, layout.channels, plane.count])
        return node("Reshape", [planes, shape], "frequencies")
    }

    /// Adds the inverse of `planeTransform`, of `frequencies`, [N, C, kept height · kept width].
    ///
    /// - Returns: `output`, [N, C, H, W] or [N, C].
    mutating func inversePlaneTransform(
        _ frequencies: String,
        _ layout: SpectralLayout,
        output: String
    ) -> String {
        let plane = layout.plane
        guard layout.shape.count == 3, plane.height * plane.width > 1 else {
            let shape = constant("tensor.shape", integers: [0] + layout.shape)
            return node("Reshape", [frequencies, shape], output)
        }
        let shape = constant("planes.shape", integers: [0] + layout.latentShape)
        let planes = node("Reshape", [frequencies, shape], "planes")
        let down = constant(
            "dct.down",
            PlaneTransform.inverseMatrix(size: plane.height, kept: plane.keptHeight),
            [plane.height, plane.keptHeight]
        )
        let across = constant(
            "dct.across",
            PlaneTransform.matrix(size: plane.width, kept: plane.keptWidth),
            [plane.keptWidth, plane.width]
        )
        let columns = node("MatMul", [down, planes], "columns")
        return node("MatMul", [columns, across], output)
    }

    /// Adds a selection of positions of `tensor`, [N, K, P].
    mutating func positions(_ indices: [Int], of tensor: String, _ output: String) -> String {
        let indices = constant("\(output).indices", integers: indices)
        return node("Gather", [tensor, indices], output, .integer("axis", 2))
    }
}
