import Coding
import Foundation
import TestSupport

/// Models and latents of many shapes, the same on every run.
struct LatentFixture {
    var name: String
    var codec: LatentCodec

    /// Standard deviation of each coefficient, channel-major.
    var deviations: [Double]

    /// A latent whose coefficients follow the model's scales, with a common factor of
    /// 2^±`variation` a position.
    func latent(_ random: inout SeededGenerator, variation: Double = 0) -> [Float] {
        let factors = (0..<codec.model.positions).map { _ in
            exp2(Double.random(in: -variation...variation, using: &random))
        }
        return deviations.indices.map { index in
            let uniform = Double.random(in: -0.5..<0.5, using: &random)
            let magnitude = -log(1 - 2 * abs(uniform)) / 2.0.squareRoot()
            let factor = factors[index % factors.count]
            return Float((uniform < 0 ? -1 : 1) * magnitude * deviations[index] * factor)
        }
    }

    static let family = LatentFamily.generalizedGaussian()

    /// Contexts, orders and steps in all combinations that matter.
    static let all: [LatentFixture] = {
        do {
            return try [
                make("one coefficient", channels: 1, side: 1),
                make("static", channels: 5, side: 6),
                make("peaky", channels: 40, side: 7, level: LatentLevel(step: 16)),
                make("wide", channels: 6, side: 5, level: LatentLevel(step: 0x1p-7)),
                make(
                    "steps of channels",
                    channels: 3,
                    side: 4,
                    level: LatentLevel(steps: [0.3, 1, 7])
                ),
                make("context", channels: 24, side: 7, context: true),
                make(
                    "context, channel by channel",
                    channels: 9,
                    side: 8,
                    nesting: .channelsOuter,
                    context: true
                ),
            ]
        } catch {
            fatalError("the fixtures are valid: \(error)")
        }
    }()

    static func make(
        _ name: String,
        channels: Int,
        side: Int,
        level: LatentLevel = LatentLevel(step: 0.5),
        nesting: LatentOrder.Nesting = .positionsOuter,
        context: Bool = false
    ) throws -> LatentFixture {
        let group = (0..<side * side).map { UInt8(($0 / side + $0 % side) / 2) }
        let groups = Int(group.max() ?? 0) + 1
        let indices = (0..<channels * groups).map { place in
            Int16(60 - 100 * (place / groups) / channels - 9 * (place % groups))
        }
        let order = LatentOrder(nesting: nesting, channels: channels, group: group)
        let model = try LatentModel(
            channels: channels,
            group: group,
            scaleIndices: indices,
            family: family,
            order: order,
            context: context ? Self.context(side: side) : nil
        )
        let deviations = (0..<channels * side * side).map { index in
            exp2(
                Double(indices[index / (side * side) * groups + Int(group[index % (side * side)])])
                    / 16
            )
        }
        return LatentFixture(
            name: name,
            codec: LatentCodec(model: model, level: level),
            deviations: deviations
        )
    }

    /// Neighbours to the left and above on a square grid.
    static func context(side: Int) throws -> LatentContext {
        var neighbours: [Int32] = []
        for position in 0..<side * side {
            neighbours.append(position % side > 0 ? Int32(position - 1) : -1)
            neighbours.append(position >= side ? Int32(position - side) : -1)
        }
        let rows = (family.tables.count - 1) >> 3 + 1
        let row = (0..<10).map { Int8(5 * ($0 - 5)) }
        return try LatentContext(
            neighbourhood: LatentContext.Neighbourhood(
                positionWeights: [20, 12],
                sampleWeight: 10
            ),
            neighbours: neighbours,
            bucketWidth: 8,
            bucketCount: 10,
            rowShift: 3,
            adjustments: Array(repeatElement(row, count: rows).joined())
        )
    }
}
