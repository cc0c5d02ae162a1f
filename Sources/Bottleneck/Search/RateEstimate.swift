import Coding
import Foundation

/// What a spectral unit would cost, worked out from second moments alone.
///
/// Every component is taken for a Laplacian of its variance that is rounded to multiples of one step
/// and coded ideally. Half the squared error, in the metric's units, stands for the divergence.
/// The transform comes from one part of the samples, variances from another: few samples make a
/// transform that fits them too well.
struct RateEstimate: Sendable {
    /// Of each (component, band), with the number of positions it occurs at.
    private let variances: [(variance: Double, positions: Double)]

    /// Envelope and rounding to whole bytes.
    private static let overheadBytes = Double(Bitstream.overhead) + 0.5

    /// - Parameters:
    ///   - transform: From some samples.
    ///   - tensors: Moments of the cut tensor on others.
    init(_ transform: SpectralTransform, tensors: BandMoments) {
        let size = transform.layout.channels
        variances = transform.layout.plane.bands.enumerated().flatMap { band, positions in
            Self.quadratic(
                transform.analysis[band].map(Double.init),
                tensors.secondMoment(band: band, aboutMeans: true).values,
                size
            ).filter { $0 > 0 }.map { ($0, Double(positions.count)) }
        }
    }

    /// Row by row, r M rᵀ.
    private static func quadratic(_ rows: [Double], _ matrix: [Double], _ size: Int) -> [Double] {
        let product = SquareMatrix.product(rows, matrix, size)
        return (0..<size).map { row in
            (0..<size).reduce(0) { $0 + product[row * size + $1] * rows[row * size + $1] }
        }
    }

    /// Bytes of a payload at the step with which the divergence is expected to be `divergence` nats.
    func bytes(at divergence: Double) -> Double {
        var (fine, coarse) = (-40.0, 40.0)
        for _ in 0..<60 {
            let middle = (fine + coarse) / 2
            if cost(exp2(middle)).distortion / 2 <= divergence {
                fine = middle
            } else {
                coarse = middle
            }
        }
        return cost(exp2(fine)).bits / 8 + Self.overheadBytes
    }

    private func cost(_ step: Double) -> (bits: Double, distortion: Double) {
        variances.reduce((bits: 0, distortion: 0)) { sum, component in
            let cost = Self.laplacian(variance: component.variance, step: step)
            return (
                sum.bits + component.positions * cost.bits,
                sum.distortion + component.positions * cost.distortion
            )
        }
    }

    /// Entropy in bits and squared error of a Laplacian rounded to multiples of `step`.
    ///
    /// With scale s, h = step / 2s and θ = e^−2h, zero has probability 1 − e^−h; the magnitudes
    /// beyond are geometric with ratio θ, and their errors distributed alike.
    static func laplacian(variance: Double, step: Double) -> (bits: Double, distortion: Double) {
        let scale = (variance / 2).squareRoot()
        let half = step / (2 * scale)
        guard half < 300 else { return (0, variance) }
        let theta = exp(-2 * half)
        let outside = exp(-half)
        let bits =
            binaryEntropy(outside) + outside * (1 + binaryEntropy(theta) / max(1 - theta, 1e-300))
        // Moments of e^−x over (0, h) and (−h, h), in units of the scale.
        let inner = 2 - outside * (half * half + 2 * half + 2)
        let growth = exp(half)
        let span = growth - outside
        let second = growth * (half * half - 2 * half + 2) - outside * (half * half + 2 * half + 2)
        let error = half < 1e-4 ? half * half / 3 : second / span
        return (bits, scale * scale * (inner + outside * error))
    }

    private static func binaryEntropy(_ share: Double) -> Double {
        guard share > 0, share < 1 else { return 0 }
        return -share * log2(share) - (1 - share) * log2(1 - share)
    }
}
