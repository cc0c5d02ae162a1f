/// What both ends know of a bottleneck unit's latent, whatever the rate level.
///
/// A latent is `channels` × `positions` numbers, channel-major. Every coefficient has a scale, which
/// selects its frequency table once the level's step is known. BITSTREAM.md, "Latent".
package struct LatentModel: Sendable {
    package static let channelLimit = 1 << 12
    package static let positionLimit = 1 << 16

    /// How many coefficients a latent may have.
    package static let coefficientLimit = 1 << 22

    /// What a scale index may be, in units of 1/16 octave.
    package static let scaleIndexRange = -1024...1024

    package let channels: Int
    package let positions: Int

    /// The group of each position, for instance its radial frequency band.
    package let group: [UInt8]

    /// Scale of each (channel, group) relative to step 1, in units of 1/16 octave, by the family's
    /// measure of scale.
    package let scaleIndices: [Int16]

    package let family: LatentFamily
    package let order: LatentOrder

    /// Nil if scales are static.
    package let context: LatentContext?

    /// The model in its compact form; `init(description:)` reads it.
    package let encodedDescription: [UInt8]

    /// The family's tables, then a table for single bits.
    let tables: CodingTables

    /// The largest magnitude with a symbol of its own in each of the family's tables.
    let limits: [Int]

    /// Of each of the family's tables; empty without a context.
    let expectedMagnitudes: [Int32]

    package var groupCount: Int { scaleIndices.count / channels }

    /// Index of the table for single bits.
    var bitTable: Int { family.tables.count }

    /// - Throws: `CodingError.malformedDescription` unless every position has a group, every channel
    ///   and group a scale index within `scaleIndexRange`, and order and context fit.
    package init(
        channels: Int,
        group: [UInt8],
        scaleIndices: [Int16],
        family: LatentFamily,
        order: LatentOrder,
        context: LatentContext? = nil
    ) throws(CodingError) {
        guard (1...Self.channelLimit).contains(channels),
            (1...Self.positionLimit).contains(group.count),
            channels * group.count <= Self.coefficientLimit
        else { throw .malformedDescription("a latent of \(channels) x \(group.count)") }
        guard scaleIndices.count.isMultiple(of: channels), let last = group.max(),
            Int(last) < scaleIndices.count / channels, scaleIndices.count <= 256 * channels,
            scaleIndices.allSatisfy({ Self.scaleIndexRange.contains(Int($0)) })
        else { throw .malformedDescription("scale indices do not suit channels and groups") }
        guard order.channels.count == channels, order.positions.count == group.count else {
            throw .malformedDescription("an order does not suit the latent")
        }
        guard context?.fits(tables: family.tables.count, order: order) ?? true else {
            throw .malformedDescription("a context does not suit order and tables")
        }
        self.channels = channels
        self.positions = group.count
        self.group = group
        self.scaleIndices = scaleIndices
        self.family = family
        self.order = order
        self.context = context
        let bits = FrequencyTable(counts: [1, 1], precision: family.precision)
        self.tables = CodingTables(family.tables + [bits])
        self.limits = family.tables.indices.map(family.limit)
        self.expectedMagnitudes =
            context.map { family.expectedMagnitudes(cap: $0.neighbourhood.cap) } ?? []
        self.encodedDescription = Self.describe(
            channels: channels,
            group: group,
            scaleIndices: scaleIndices,
            family: family,
            order: order,
            context: context
        )
    }
}

extension LatentModel: Hashable {
    package static func == (left: Self, right: Self) -> Bool {
        left.encodedDescription == right.encodedDescription
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(encodedDescription) }
}
