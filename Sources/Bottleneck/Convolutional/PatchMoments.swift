/// Means, deviations and covariance of the patches of some tensors.
struct PatchMoments {
    /// Of how many tensors, at most, moments are taken.
    private static let most = 400

    /// Numbers of a patch.
    let size: Int
    /// Of each channel.
    let means: [Double]
    /// Of each channel, standard.
    let deviations: [Double]
    let covariance: SymmetricMatrix

    init(_ tensors: [[Float]], shape: [Int], side: Int) {
        let (channels, height, width) = (shape[0], shape[1], shape[2])
        precondition(height % side == 0 && width % side == 0, "patches fill the planes")
        let count = min(tensors.count, Self.most)
        let chosen = (0..<count).map { tensors[$0 * tensors.count / count] }
        let size = channels * side * side
        let plane = height * width
        let patches = plane / (side * side)
        let means = (0..<channels).map { channel in
            chosen.reduce(0.0) { sum, tensor in
                tensor[channel * plane..<(channel + 1) * plane].reduce(sum) { $0 + Double($1) }
            } / Double(count * plane)
        }
        var sums = [Double](repeating: 0, count: size * size)
        var rows = [Float](repeating: 0, count: size * patches)
        for tensor in chosen {
            for entry in 0..<size {
                let (channel, place) = entry.quotientAndRemainder(dividingBy: side * side)
                let mean = Float(means[channel])
                for patch in 0..<patches {
                    let row = patch / (width / side) * side + place / side
                    let column = patch % (width / side) * side + place % side
                    rows[entry * patches + patch] =
                        tensor[channel * plane + row * width + column] - mean
                }
            }
            rows.withUnsafeBufferPointer { rows in
                for first in 0..<size {
                    for second in 0...first {
                        var sum: Float = 0
                        for patch in 0..<patches {
                            sum += rows[first * patches + patch] * rows[second * patches + patch]
                        }
                        sums[first * size + second] += Double(sum)
                    }
                }
            }
        }
        for first in 0..<size {
            for second in 0...first {
                sums[first * size + second] /= Double(count * patches)
                sums[second * size + first] = sums[first * size + second]
            }
        }
        let places = side * side
        deviations = (0..<channels).map { channel in
            let variance = (channel * places..<(channel + 1) * places).reduce(0.0) {
                $0 + sums[$1 * size + $1] / Double(places)
            }
            return max(variance, 1e-12).squareRoot()
        }
        (self.size, self.means) = (size, means)
        covariance = SymmetricMatrix(size: size, sums)
    }
}
