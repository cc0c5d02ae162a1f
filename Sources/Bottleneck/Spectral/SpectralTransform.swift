import Graph

/// A spectral unit's transforms: of the planes, then across channels within each frequency band.
///
/// With T the analysis and D the synthesis matrix of a band, and m the offset of a position, a latent
/// is y = T x − m at each of the band's frequencies, and the tensor's frequencies are D (y + m).
struct SpectralTransform: Equatable {
    /// How the matrices are stored in a unit's graphs.
    enum Precision {
        /// As 32-bit numbers, which can be trained.
        case single
        /// As 8-bit integers with a scale for each component.
        case integers
    }

    let layout: SpectralLayout
    /// C × C for each band, row by row; row k computes component k.
    var analysis: [[Float]]
    /// C × C for each band, row by row; column k is component k's share of the channels.
    var synthesis: [[Float]]
    /// C × positions for each of the lowest bands, which are not zero on average.
    var offsets: [[Float]]

    /// The graph from the cut tensor, [N, C, H, W] or [N, C], to `latent`, [N, C, h, w], whose
    /// positions are in the order of the bands.
    func encoder(_ precision: Precision) -> OnnxModelBuilder {
        var builder = OnnxModelBuilder(name: "encoder", input: "tensor", shape: layout.shape)
        let frequencies = builder.planeTransform(builder.input, layout)
        var bands: [String] = []
        for (band, positions) in layout.plane.bands.enumerated() {
            let part = builder.positions(positions, of: frequencies, "band\(band)")
            let matrix = self.matrix(analysis[band], "encoder.band\(band)", 0, precision, &builder)
            var components = builder.node("MatMul", [matrix, part], "components\(band)")
            if let offset = offset(band, "encoder.offset\(band)", &builder) {
                components = builder.node("Sub", [components, offset], "centred\(band)")
            }
            bands.append(components)
        }
        let joined = builder.node("Concat", bands, "components", .integer("axis", 2))
        let shape = builder.constant("latent.shape", integers: [0] + layout.latentShape)
        builder.node("Reshape", [joined, shape], "latent")
        return builder
    }

    /// The graph from `latent` back to a tensor like the cut tensor, `restored`.
    func decoder(_ precision: Precision) -> OnnxModelBuilder {
        var builder = OnnxModelBuilder(name: "decoder", input: "latent", shape: layout.latentShape)
        let shape = builder.constant(
            "components.shape",
            integers: [0, layout.channels, layout.plane.count]
        )
        let components = builder.node("Reshape", [builder.input, shape], "components")
        var (bands, start): ([String], Int) = ([], 0)
        for (band, positions) in layout.plane.bands.enumerated() {
            let range = start..<start + positions.count
            var part = builder.positions(Array(range), of: components, "components\(band)")
            start = range.upperBound
            if let offset = offset(band, "decoder.offset\(band)", &builder) {
                part = builder.node("Add", [part, offset], "shifted\(band)")
            }
            let matrix = self.matrix(synthesis[band], "decoder.band\(band)", 1, precision, &builder)
            bands.append(builder.node("MatMul", [matrix, part], "band\(band)"))
        }
        let joined = builder.node("Concat", bands, "bands", .integer("axis", 2))
        var place = [Int](repeating: 0, count: layout.plane.count)
        for (index, frequency) in layout.plane.order.enumerated() { place[frequency] = index }
        let frequencies = builder.positions(place, of: joined, "frequencies")
        _ = builder.inversePlaneTransform(frequencies, layout, output: "restored")
        return builder
    }

    private func offset(
        _ band: Int,
        _ name: String,
        _ builder: inout OnnxModelBuilder
    ) -> String? {
        guard offsets.indices.contains(band) else { return nil }
        let shape = [layout.channels, layout.plane.bands[band].count]
        return builder.constant(name, offsets[band], shape)
    }

    /// Adds a matrix with one scale for each row, `axis` 0, or column, 1.
    private func matrix(
        _ values: [Float],
        _ name: String,
        _ axis: Int,
        _ precision: Precision,
        _ builder: inout OnnxModelBuilder
    ) -> String {
        let size = layout.channels
        guard precision == .integers else {
            return builder.constant(name, values, [size, size])
        }
        let stored = ScaledIntegers(values, size: size, axis: axis)
        let integers = builder.constant("\(name).integers", bytes: stored.integers, [size, size])
        let scales = builder.constant("\(name).scales", stored.scales, [size])
        return builder.node("DequantizeLinear", [integers, scales], name, .integer("axis", axis))
    }
}
