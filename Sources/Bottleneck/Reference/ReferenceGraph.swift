import Graph

/// The published design's graphs: depthwise 3×3 convolution with a stride, ReLU, 1×1 convolution, ReLU,
/// and the mirror image by transposed convolutions.
///
/// Batch normalisation follows every convolution as published; it is trained in its affine form,
/// folded into the convolution, its statistics being those of the data at the start: the first ReLU
/// gets values 4 standard deviations above zero, so that it takes hardly anything away before training wants
/// it to. The latent's channels are pairs of principal components and their negatives, which ReLU
/// makes two sparse channels of one signed one. A last ReLU is left out: cut tensors may be negative.
struct ReferenceGraph {
    /// How far above zero values start, in standard deviations.
    private static let lift = 4.0

    let transform: PatchTransform
    /// Of the cut tensor: [C, H, W].
    let shape: [Int]
    let stride: Int

    private var channels: Int { shape[0] }
    /// A pair for each principal component.
    var latentChannels: Int { 2 * channels }

    /// The latent's shape for one sample.
    var latentShape: [Int] { Self.latentShape(of: shape, stride: stride) }

    /// The latent's shape for one sample of a tensor of `shape`, [C, H, W].
    static func latentShape(of shape: [Int], stride: Int) -> [Int] {
        [2 * shape[0]] + shape.dropFirst().map { ($0 - 1) / stride + 1 }
    }

    private var lifts: [Double] { transform.deviations.map { Self.lift * $0 } }

    func encoder() throws(GraphError) -> Network {
        var builder = OnnxModelBuilder(name: "encoder", input: "tensor", shape: shape)
        // With a stride, neighbours are averaged so that what is in between is not lost.
        let line = stride == 1 ? [0.0, 1, 0] : [0.25, 0.5, 0.25]
        let kernel = (0..<9).map { Float(line[$0 / 3] * line[$0 % 3]) }
        let depthwise = builder.constant(
            "encoder.depthwise",
            (0..<channels).flatMap { _ in kernel },
            [channels, 1, 3, 3]
        )
        let lifted = builder.constant(
            "encoder.lift",
            zip(lifts, transform.means).map { Float($0 - $1) },
            [channels]
        )
        builder.node(
            "Conv",
            ["tensor", depthwise, lifted],
            "filtered",
            .integers("pads", [1, 1, 1, 1]),
            .integers("strides", [stride, stride]),
            .integer("group", channels)
        )
        builder.node("Relu", ["filtered"], "positive")
        let rows = (0..<channels).map { row in
            Array(transform.analysis[row * channels..<(row + 1) * channels])
        }
        let offsets = rows.map { row in zip(row, lifts).reduce(0.0) { $0 + $1.0 * $1.1 } }
        let weights = builder.constant(
            "encoder.mix",
            rows.flatMap(\.self).map(Float.init) + rows.flatMap(\.self).map { Float(-$0) },
            [latentChannels, channels, 1, 1]
        )
        let bias = builder.constant(
            "encoder.offset",
            offsets.map { Float(-$0) } + offsets.map(Float.init),
            [latentChannels]
        )
        builder.node("Conv", ["positive", weights, bias], "mixed")
        builder.node("Relu", ["mixed"], "latent")
        return try builder.network(output: "latent")
    }

    func decoder() throws(GraphError) -> Network {
        var builder = OnnxModelBuilder(name: "decoder", input: "latent", shape: latentShape)
        let columns = (0..<channels).map { column in
            (0..<channels).map { transform.synthesis[$0 * channels + column] }
        }
        let weights = builder.constant(
            "decoder.mix",
            columns.flatMap(\.self).map(Float.init) + columns.flatMap(\.self).map { Float(-$0) },
            [latentChannels, channels, 1, 1]
        )
        let lifted = builder.constant("decoder.lift", lifts.map(Float.init), [channels])
        builder.node("ConvTranspose", ["latent", weights, lifted], "mixed")
        builder.node("Relu", ["mixed"], "positive")
        // 3×3, but as wide as it takes to reach every place: 7×7 with a stride of 4.
        let side = max(3, 2 * stride - 1)
        let line = (0..<side).map { tap in
            max(0, 1 - abs(Double(tap - side / 2)) / Double(stride))
        }
        let kernel = (0..<side * side).map { Float(line[$0 / side] * line[$0 % side]) }
        let depthwise = builder.constant(
            "decoder.depthwise",
            (0..<channels).flatMap { _ in kernel },
            [channels, 1, side, side]
        )
        let bias = builder.constant(
            "decoder.offset",
            zip(transform.means, lifts).map { Float($0 - $1) },
            [channels]
        )
        let padding = side / 2
        let extra = zip(shape.dropFirst(), latentShape.dropFirst()).map { size, coarse in
            size - ((coarse - 1) * stride - 2 * padding + side)
        }
        builder.node(
            "ConvTranspose",
            ["positive", depthwise, bias],
            "restored",
            .integers("pads", [padding, padding, padding, padding]),
            .integers("strides", [stride, stride]),
            .integers("output_padding", extra),
            .integer("group", channels)
        )
        return try builder.network(output: "restored")
    }

    /// All of both graphs is trained.
    var parameters: [TrainedParameter] {
        let scale = Float(transform.deviations.reduce(0, +) / Double(channels))
        return [
            TrainedParameter(.encoder, "encoder.depthwise"),
            TrainedParameter(.encoder, "encoder.lift", scale: scale),
            TrainedParameter(.encoder, "encoder.mix"),
            TrainedParameter(.encoder, "encoder.offset", scale: scale),
            TrainedParameter(.decoder, "decoder.mix"),
            TrainedParameter(.decoder, "decoder.lift", scale: scale),
            TrainedParameter(.decoder, "decoder.depthwise"),
            TrainedParameter(.decoder, "decoder.offset", scale: scale),
        ]
    }
}
