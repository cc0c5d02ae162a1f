import Graph

/// The graphs of a convolutional unit as it is before training.
struct ConvolutionalGraph {
    let transform: PatchTransform
    /// Of the cut tensor: [C, H, W].
    let shape: [Int]

    private var side: Int { transform.side }
    private var kernel: [Int] { [transform.size, shape[0], side, side] }

    /// The latent's shape for one sample.
    var latentShape: [Int] { Self.latentShape(of: shape, side: side) }

    /// The latent's shape for one sample of a tensor of `shape`, [C, H, W].
    static func latentShape(of shape: [Int], side: Int) -> [Int] {
        [shape[0] * side * side] + shape.dropFirst().map { $0 / side }
    }

    /// A convolution whose kernel and stride are a patch, of the tensor less its means.
    func encoder() throws(GraphError) -> Network {
        var builder = OnnxModelBuilder(name: "encoder", input: "tensor", shape: shape)
        let size = transform.size
        let weights = builder.constant(
            "encoder.weights",
            transform.analysis.map(Float.init),
            kernel
        )
        let offsets = (0..<size).map { row in
            -(0..<size).reduce(0.0) {
                $0 + transform.analysis[row * size + $1] * transform.means[$1 / (side * side)]
            }
        }
        let bias = builder.constant("encoder.offset", offsets.map(Float.init), [size])
        builder.node(
            "Conv",
            ["tensor", weights, bias],
            "latent",
            .integers("strides", [side, side])
        )
        return try builder.network(output: "latent")
    }

    /// The transposed convolution.
    func decoder() throws(GraphError) -> Network {
        var builder = OnnxModelBuilder(name: "decoder", input: "latent", shape: latentShape)
        let weights = builder.constant(
            "decoder.weights",
            SquareMatrix.transposed(transform.synthesis, transform.size).map(Float.init),
            kernel
        )
        let bias = builder.constant("decoder.offset", transform.means.map(Float.init), [shape[0]])
        builder.node(
            "ConvTranspose",
            ["latent", weights, bias],
            "restored",
            .integers("strides", [side, side])
        )
        return try builder.network(output: "restored")
    }

    /// All of both graphs is trained but the encoder's offset.
    var parameters: [TrainedParameter] {
        let scale = Float(transform.deviations.reduce(0, +) / Double(shape[0]))
        return [
            TrainedParameter(.encoder, "encoder.weights"),
            TrainedParameter(.decoder, "decoder.weights"),
            TrainedParameter(.decoder, "decoder.offset", scale: scale),
        ]
    }
}
