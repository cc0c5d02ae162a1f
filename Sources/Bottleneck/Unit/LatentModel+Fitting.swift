package import Coding
import Foundation

extension LatentModel {
    /// A model without groups or context, fitted to latents: for units of which nothing else is known.
    ///
    /// Each channel's scale is its root mean square, the measure of a family's built-in densities; the
    /// family's tables are then moved towards how often each symbol occurs at the levels.
    ///
    /// - Parameters:
    ///   - latents: At least one, channel-major, all of `channels` × the same number of positions.
    ///   - channels: How many channels.
    ///   - levels: Those that the latents are quantised with.
    /// - Returns: The model.
    /// - Throws: `BottleneckError` when the latents are too large, or not finite.
    package static func fitted(
        latents: [[Float]],
        channels: Int,
        levels: [LatentLevel]
    ) throws(BottleneckError) -> LatentModel {
        precondition(!latents.isEmpty && !levels.isEmpty, "there are latents and levels")
        let positions = latents[0].count / channels
        let scales = (0..<channels).map { channel in
            let range = channel * positions..<(channel + 1) * positions
            let sum = latents.reduce(0.0) { sum, latent in
                latent[range].reduce(sum) { $0 + Double($1) * Double($1) }
            }
            return (sum / Double(latents.count * positions)).squareRoot()
        }
        guard scales.allSatisfy(\.isFinite) else {
            throw BottleneckError(
                "the latent",
                "the encoder computes numbers that are not finite",
                remedy: "check the encoder on the samples that the tables are fitted to"
            )
        }
        let group = [UInt8](repeating: 0, count: positions)
        let indices = scales.map { scale in
            Int16(max(min((16 * log2(max(scale, 1e-9))).rounded(), 1_024), -1_024))
        }
        do throws(CodingError) {
            let prior = try LatentModel(
                channels: channels,
                group: group,
                scaleIndices: indices,
                family: .generalizedGaussian(),
                order: LatentOrder(nesting: .channelsOuter, channels: channels, group: group)
            )
            return try LatentModel(
                channels: channels,
                group: group,
                scaleIndices: indices,
                family: prior.family.fitted(to: prior.tally(of: latents, levels: levels)),
                order: prior.order
            )
        } catch {
            throw BottleneckError(
                "the latent",
                "\(error)",
                remedy: "export an encoder with a smaller latent"
            )
        }
    }

    /// What the family's tables meet at the levels.
    func tally(of latents: [[Float]], levels: [LatentLevel]) -> LatentTally {
        var tally = LatentTally(family)
        for level in levels {
            let codec = LatentCodec(model: self, level: level)
            for latent in latents {
                tally.add(latent, values: codec.values(of: latent), codec: codec)
            }
        }
        return tally
    }
}
