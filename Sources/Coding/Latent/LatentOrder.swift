/// The order in which the coefficients of a latent are coded.
package struct LatentOrder: Hashable, Sendable {
    package enum Nesting: UInt8, Sendable {
        /// All channels of a position, then the next position.
        case positionsOuter = 0

        /// All positions of a channel, then the next channel.
        case channelsOuter = 1
    }

    package let nesting: Nesting

    /// A permutation of 0..<the number of channels.
    package let channels: [Int]

    /// A permutation of 0..<the number of positions.
    package let positions: [Int]

    /// - Throws: `CodingError.malformedDescription` unless both are permutations.
    package init(nesting: Nesting, channels: [Int], positions: [Int]) throws(CodingError) {
        guard Self.isPermutation(channels), Self.isPermutation(positions) else {
            throw .malformedDescription("an order names something twice, or leaves it out")
        }
        self.nesting = nesting
        self.channels = channels
        self.positions = positions
    }

    /// Channels in their own order; positions by rising group, within one in their own order.
    package init(nesting: Nesting, channels: Int, group: [UInt8]) {
        self.nesting = nesting
        self.channels = Array(0..<channels)
        self.positions = Self.positions(byGroup: group)
    }

    /// Positions by rising group, within one in their own order.
    static func positions(byGroup group: [UInt8]) -> [Int] {
        group.indices.sorted { (group[$0], $0) < (group[$1], $1) }
    }

    private static func isPermutation(_ order: [Int]) -> Bool {
        var seen = [Bool](repeating: false, count: order.count)
        for index in order {
            guard seen.indices.contains(index), !seen[index] else { return false }
            seen[index] = true
        }
        return true
    }
}
