import Coding
import Foundation

/// Latents of a bottleneck unit's shape, with static scales and with a context.
enum Latents {
    static func make(
        channels: Int,
        side: Int,
        hasContext: Bool
    ) throws -> (latent: [Float], codec: LatentCodec) {
        let group = (0..<side * side).map { position in
            UInt8(min(8, 9 * (position / side + position % side) / (2 * side)))
        }
        let groups = 9
        let scales = (0..<channels * groups).map { place in
            Int16(32 - 160 * (place / groups) / channels - 6 * (place % groups))
        }
        let family = LatentFamily.generalizedGaussian()
        let model = try LatentModel(
            channels: channels,
            group: group,
            scaleIndices: scales,
            family: family,
            order: LatentOrder(nesting: .positionsOuter, channels: channels, group: group),
            context: hasContext ? context(side: side, family: family) : nil
        )
        var random = SplitMix(state: 3)
        let latent = (0..<channels * side * side).map { index in
            let (channel, position) = index.quotientAndRemainder(dividingBy: side * side)
            let scale = exp2(Float(scales[channel * groups + Int(group[position])]) / 16)
            let uniform = Float.random(in: -0.5..<0.5, using: &random)
            let magnitude = -log(1 - 2 * abs(uniform)) / Float(2).squareRoot() * scale
            return uniform < 0 ? -magnitude : magnitude
        }
        return (latent, LatentCodec(model: model, level: LatentLevel(step: 1)))
    }

    private static func context(side: Int, family: LatentFamily) throws -> LatentContext {
        let neighbours = (0..<side * side).flatMap { position -> [Int32] in
            [
                position % side > 0 ? Int32(position - 1) : -1,
                position >= side ? Int32(position - side) : -1,
            ]
        }
        let rows = (family.tables.count - 1) >> 3 + 1
        return try LatentContext(
            neighbourhood: LatentContext.Neighbourhood(positionWeights: [16, 16]),
            neighbours: neighbours,
            bucketWidth: 8,
            bucketCount: 12,
            rowShift: 3,
            adjustments: [Int8](repeating: 0, count: 12 * rows)
        )
    }
}
