import Coding
import Foundation

extension LatentModel {
    /// On how many latents the context is fitted, at every level.
    private static let contextSamples = 100

    /// The entropy model of a spectral unit.
    ///
    /// Positions are coded from the lowest frequency to the highest, at each of them components from
    /// the largest to the smallest; what the components before were like tells how active the
    /// position is.
    ///
    /// - Parameters:
    ///   - latents: Those that tables are fitted to.
    ///   - layout: What the latents are of.
    ///   - steps: Of the levels.
    /// - Returns: The model, its context fitted.
    /// - Throws: `BottleneckError` when a latent is not finite, or too large.
    static func spectral(
        latents: [[Float]],
        layout: SpectralLayout,
        steps: [Float]
    ) throws(BottleneckError) -> LatentModel {
        let group = layout.plane.bandOfPosition
        let channels = layout.channels
        let indices = scaleIndices(latents, channels: channels, group: group)
        let levels = steps.map(LatentLevel.init(step:))
        let order = LatentOrder(nesting: .positionsOuter, channels: channels, group: group)
        do throws(CodingError) {
            let prior = LatentFamily.generalizedGaussian(
                shape: 1,
                origin: -96,
                count: 60,
                tablesPerOctave: 4,
                precision: 12
            )
            func model(
                _ family: LatentFamily,
                _ context: LatentContext?
            ) throws(CodingError) -> LatentModel {
                try LatentModel(
                    channels: channels,
                    group: group,
                    scaleIndices: indices,
                    family: family,
                    order: order,
                    context: context
                )
            }
            let plain = try model(prior, nil)
            let family = try plain.family.fitted(to: plain.tally(of: latents, levels: levels))
                .reconstructingMiddles()
            guard channels > 1 else { return try model(family, nil) }
            let context = try LatentContext.activity(tables: family.tables.count)
            let chosen = stride(
                from: 0,
                to: latents.count,
                by: max(1, latents.count / contextSamples)
            )
            let observations = levels.flatMap { level in
                let codec = LatentCodec(model: plain, level: level)
                return chosen.map { (codec.values(of: latents[$0]), level) }
            }
            let adjusted = try model(family, context).fittingAdjustments(to: observations)
            let refitted = try family.fitted(to: adjusted.tally(of: latents, levels: levels))
                .reconstructingMiddles()
            return try model(refitted, adjusted.context)
        } catch {
            throw BottleneckError("the latent", "\(error)", remedy: "choose another split point")
        }
    }

    /// 16 log2 of the root mean square of each (channel, group), by channels.
    private static func scaleIndices(
        _ latents: [[Float]],
        channels: Int,
        group: [UInt8]
    ) -> [Int16] {
        let groups = Int(group.max() ?? 0) + 1
        let positions = group.count
        var squares = [Double](repeating: 0, count: channels * groups)
        for latent in latents {
            for (index, value) in latent.enumerated() {
                let (channel, position) = index.quotientAndRemainder(dividingBy: positions)
                squares[channel * groups + Int(group[position])] += Double(value) * Double(value)
            }
        }
        var sizes = [Int](repeating: 0, count: groups)
        for group in group { sizes[Int(group)] += latents.count }
        return squares.enumerated().map { index, square in
            let variance = square / Double(max(sizes[index % groups], 1))
            let octaves = log2(max(variance, 1e-18)) / 2
            return Int16(max(min((16 * octaves).rounded(), 1_024), -1_024))
        }
    }
}

extension LatentContext {
    /// How active a position is, judged by the components before.
    fileprivate static func activity(tables: Int) throws(CodingError) -> LatentContext {
        let (rowShift, buckets) = (2, 16)
        return try LatentContext(
            neighbourhood: Neighbourhood(channelWeight: 16, channelDecay: 243, bias: 256),
            bucketWidth: 8,
            bucketCount: buckets,
            rowShift: rowShift,
            adjustments: [Int8](
                repeating: 0,
                count: ((tables - 1) >> rowShift + 1) * buckets
            )
        )
    }
}

extension LatentFamily {
    /// This family with numbers restored to the middle of their step.
    ///
    /// Shrinking them towards their mean makes the squared error smaller, and the divergence larger.
    fileprivate func reconstructingMiddles() throws(CodingError) -> LatentFamily {
        try LatentFamily(
            tables: tables,
            centroidShifts: [UInt8](repeating: 0, count: tables.count),
            origin: origin,
            tablesPerOctave: tablesPerOctave
        )
    }
}
