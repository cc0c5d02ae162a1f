import Coding
import Graph

extension BottleneckUnit {
    /// The plain Karhunen–Loève transform of the channels, the same at every position: what is left of
    /// a spectral unit without plane transform and metric.
    ///
    /// - Parameters:
    ///   - tensors: At least one; moments and tables are taken from them.
    ///   - shape: Of a tensor: [C, H, W] or [C].
    /// - Returns: An external unit with eight levels, each with 2/3 of the step of the one before.
    /// - Throws: `BottleneckError` when a tensor is not finite.
    package static func karhunenLoeve(
        tensors: [[Float]],
        shape: [Int]
    ) throws(BottleneckError) -> BottleneckUnit {
        let channels = shape[0]
        let positions = shape.dropFirst().reduce(1, *)
        let (mean, vectors) = try principalAxes(tensors, channels, positions)
        let planes = [channels] + (shape.count == 3 ? Array(shape.dropFirst()) : [1, 1])
        func graph(_ role: Role) throws(GraphError) -> [UInt8] {
            let isEncoder = role == .encoder
            var builder = OnnxModelBuilder(
                name: role.rawValue,
                input: isEncoder ? "tensor" : "latent",
                shape: isEncoder ? shape : planes
            )
            let matrix = isEncoder ? vectors : SquareMatrix.transposed(vectors, channels)
            let bias =
                isEncoder
                ? (0..<channels).map { row in
                    -(0..<channels).reduce(0) { $0 + matrix[row * channels + $1] * mean[$1] }
                } : mean
            let weights = builder.constant(
                "axes",
                matrix.map(Float.init),
                [channels, channels, 1, 1]
            )
            let offsets = builder.constant("means", bias.map(Float.init), [channels])
            let read = builder.constant("planes", integers: [0] + planes)
            let planar = builder.node("Reshape", [builder.input, read], "channels")
            let output = builder.node("Conv", [planar, weights, offsets], "components")
            let size = builder.constant("size", integers: [0] + (isEncoder ? planes : shape))
            builder.node("Reshape", [output, size], isEncoder ? "latent" : "restored")
            return try builder.network(output: isEncoder ? "latent" : "restored").serialized()
        }
        let latents = tensors.map { tensor in
            latent(of: tensor, mean: mean, vectors: vectors, positions: positions)
        }
        let levels = RateLadder.falling(latents).enumerated().map {
            Level(name: "\($0.offset)", steps: [$0.element])
        }
        let graphs = try BottleneckError.rethrowing { () throws(GraphError) in
            (try graph(.encoder), try graph(.decoder))
        }
        return BottleneckUnit(
            kind: .external,
            encoder: graphs.0,
            decoder: graphs.1,
            latentModel: try .fitted(
                latents: latents,
                channels: channels,
                levels: levels.map(\.latentLevel)
            ),
            levels: levels
        )
    }

    private enum Role: String {
        case encoder, decoder
    }

    /// The mean of each channel, and the covariance's eigenvectors as rows.
    private static func principalAxes(
        _ tensors: [[Float]],
        _ channels: Int,
        _ positions: Int
    ) throws(BottleneckError) -> (mean: [Double], vectors: [Double]) {
        let count = Double(tensors.count * positions)
        var mean = [Double](repeating: 0, count: channels)
        var moment = [Double](repeating: 0, count: channels * channels)
        for tensor in tensors {
            for row in 0..<channels {
                for position in 0..<positions {
                    mean[row] += Double(tensor[row * positions + position]) / count
                }
                for column in 0...row {
                    var sum: Float = 0
                    for position in 0..<positions {
                        sum +=
                            tensor[row * positions + position]
                            * tensor[column * positions + position]
                    }
                    moment[row * channels + column] += Double(sum) / count
                }
            }
        }
        for row in 0..<channels {
            for column in 0...row {
                moment[row * channels + column] -= mean[row] * mean[column]
                moment[column * channels + row] = moment[row * channels + column]
            }
        }
        return (mean, try SymmetricMatrix(size: channels, moment).eigendecomposition().vectors)
    }

    private static func latent(
        of tensor: [Float],
        mean: [Double],
        vectors: [Double],
        positions: Int
    ) -> [Float] {
        let channels = mean.count
        let axes = vectors.map(Float.init)
        let means = mean.map(Float.init)
        var latent = [Float](repeating: 0, count: tensor.count)
        for row in 0..<channels {
            for column in 0..<channels {
                let (factor, mean) = (axes[row * channels + column], means[column])
                for position in 0..<positions {
                    latent[row * positions + position] +=
                        factor * (tensor[column * positions + position] - mean)
                }
            }
        }
        return latent
    }
}
