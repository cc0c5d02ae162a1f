import Graph
import Inference

/// Sums over samples of a tensor's frequencies and of their products, band by band.
struct BandMoments: Sendable {
    private let layout: SpectralLayout
    /// How many samples are in the sums.
    private(set) var samples = 0
    /// Σ Y Yᵀ of each band, C × C, Y being C × positions; unscaled.
    private var products: [[Double]]
    /// Σ Y, C × positions, in the order of the bands.
    private var sums: [Double]

    init(_ layout: SpectralLayout) {
        self.layout = layout
        let channels = layout.channels
        products = layout.plane.bands.map { _ in
            [Double](repeating: 0, count: channels * channels)
        }
        sums = [Double](repeating: 0, count: channels * layout.plane.count)
    }

    /// A graph that computes, of `tensor`, [N, C, H, W] or [N, C], what `add(_:samples:)` reads.
    static func graph(_ layout: SpectralLayout) -> OnnxModelProto {
        var builder = OnnxModelBuilder(name: "moments", input: "tensor", shape: layout.shape)
        let frequencies = builder.planeTransform(builder.input, layout)
        let flat = builder.constant("flat", integers: [layout.channels, -1])
        var outputs: [String] = []
        for (band, positions) in layout.plane.bands.enumerated() {
            let part = builder.positions(positions, of: frequencies, "band\(band)")
            let channelsFirst = builder.node(
                "Transpose",
                [part],
                "channels\(band)",
                .integers("perm", [1, 0, 2])
            )
            let rows = builder.node("Reshape", [channelsFirst, flat], "rows\(band)")
            let columns = builder.node(
                "Transpose",
                [rows],
                "columns\(band)",
                .integers("perm", [1, 0])
            )
            outputs.append(builder.node("MatMul", [rows, columns], "products\(band)"))
        }
        let ordered = builder.positions(layout.plane.order, of: frequencies, "ordered")
        let batch = builder.constant("batch", integers: [0])
        outputs.append(
            builder.node("ReduceSum", [ordered, batch], "sums", .integer("keepdims", 0))
        )
        return builder.model(outputs: outputs)
    }

    /// Writes what `graph(_:)`, compiled, reads: the first `samples` of some tensors, and otherwise zeros.
    func load(
        _ tensors: UnsafeBufferPointer<Float>,
        samples: Int,
        into network: CompiledNetwork
    ) {
        network.withInput(0) { input in
            input.update(repeating: 0)
            _ = input.update(fromContentsOf: tensors.prefix(samples * layout.count))
        }
    }

    /// Adds what `graph(_:)`, compiled, computed last, of `samples` samples and otherwise zeros.
    mutating func add(_ outputs: CompiledNetwork, samples: Int) {
        self.samples += samples
        for band in products.indices {
            outputs.withOutput(band) { values in
                for (index, value) in values.enumerated() {
                    products[band][index] += Double(value)
                }
            }
        }
        outputs.withOutput(products.count) { values in
            for (index, value) in values.enumerated() { sums[index] += Double(value) }
        }
    }

    static func + (left: Self, right: Self) -> Self {
        var total = left
        total.samples += right.samples
        for band in total.products.indices {
            total.products[band] = zip(left.products[band], right.products[band]).map(+)
        }
        total.sums = zip(left.sums, right.sums).map(+)
        return total
    }

    /// E[y yᵀ] over a band's positions, about zero, or about the positions' means.
    func secondMoment(band: Int, aboutMeans: Bool) -> SymmetricMatrix {
        let channels = layout.channels
        let positions = layout.plane.bands[band].count
        var moment = products[band].map { $0 / Double(samples * positions) }
        if aboutMeans {
            let means = means(band: band)
            for row in 0..<channels {
                for column in 0..<channels {
                    let product = (0..<positions).reduce(0.0) {
                        $0 + means[row * positions + $1] * means[column * positions + $1]
                    }
                    moment[row * channels + column] -= product / Double(positions)
                }
            }
        }
        return SymmetricMatrix(size: channels, moment)
    }

    /// The means at a band's positions, C × positions.
    func means(band: Int) -> [Double] {
        let start = layout.plane.bands[..<band].reduce(0) { $0 + $1.count }
        let positions = layout.plane.bands[band].count
        return (0..<layout.channels).flatMap { channel in
            (0..<positions).map { position in
                sums[channel * layout.plane.count + start + position] / Double(samples)
            }
        }
    }
}
