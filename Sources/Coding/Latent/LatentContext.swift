/// How what was coded before a coefficient moves its scale: parameters that both ends hold.
///
/// Around every coefficient two weighted sums are taken over what is already known: the magnitudes
/// that occurred, and the magnitudes that the static scales made expect. Both run over (i) the
/// same position in the channels before, fading from one to the next, (ii) the same channel at up to
/// four positions before, (iii) everything so far. The logarithm of their ratio, in steps of
/// `bucketWidth`, selects an entry of `adjustments`, which is added to the coefficient's scale.
/// `LatentWalk` has the formula; integers throughout, so that both ends agree.
package struct LatentContext: Hashable, Sendable {
    /// Weights of the causal neighbourhood.
    package struct Neighbourhood: Hashable, Sendable {
        /// Magnitudes count up to this, 1...64.
        package var cap: Int

        /// Weight of the channels before, 0...255.
        package var channelWeight: Int

        /// What remains of the sum over channels from one to the next, in units of 2^-8, 0...255.
        package var channelDecay: Int

        /// Weight of each of the neighbouring positions, 0...255; at most four.
        package var positionWeights: [Int]

        /// Weight of everything so far, 0...255.
        package var sampleWeight: Int

        /// Everything so far fades by 2^-`sampleShift` a coefficient, 0...12.
        package var sampleShift: Int

        /// Added to both sums, 1...2^20: how much evidence it takes, in units of weight · 1/16
        /// magnitude.
        package var bias: Int

        package init(
            cap: Int = 15,
            channelWeight: Int = 16,
            channelDecay: Int = 224,
            positionWeights: [Int] = [],
            sampleWeight: Int = 0,
            sampleShift: Int = 8,
            bias: Int = 256
        ) {
            self.cap = cap
            self.channelWeight = channelWeight
            self.channelDecay = channelDecay
            self.positionWeights = positionWeights
            self.sampleWeight = sampleWeight
            self.sampleShift = sampleShift
            self.bias = bias
        }

        var isValid: Bool {
            let byte = 0...255
            return (1...64).contains(cap) && byte.contains(channelWeight)
                && byte.contains(channelDecay) && positionWeights.count <= 4
                && positionWeights.allSatisfy(byte.contains) && byte.contains(sampleWeight)
                && (0...12).contains(sampleShift) && (1...1 << 20).contains(bias)
        }
    }

    /// How many ratio buckets there may be.
    package static let bucketCounts = 1...32

    /// What `bucketWidth` may be.
    package static let bucketWidths = 1...64

    package let neighbourhood: Neighbourhood

    /// For each position, as many earlier positions as there are position weights; −1 for none.
    package let neighbours: [Int32]

    /// Width of a ratio bucket in units of 1/16 octave; the middle of the buckets is ratio 1.
    package let bucketWidth: Int

    /// How many ratio buckets there are.
    package let bucketCount: Int

    /// log2 of how many neighbouring tables share a row of `adjustments`.
    package let rowShift: Int

    /// What is added to a scale, in units of 1/16 octave: `bucketCount` entries for each row of
    /// static tables, by rising ratio.
    package private(set) var adjustments: [Int8]

    /// - Throws: `CodingError.malformedDescription` if a figure is out of its range. Whether the
    ///   neighbours and adjustments fit a model is for the model to check.
    package init(
        neighbourhood: Neighbourhood,
        neighbours: [Int32] = [],
        bucketWidth: Int,
        bucketCount: Int,
        rowShift: Int,
        adjustments: [Int8]
    ) throws(CodingError) {
        guard neighbourhood.isValid, Self.bucketWidths.contains(bucketWidth),
            Self.bucketCounts.contains(bucketCount), (0...7).contains(rowShift),
            !adjustments.isEmpty, adjustments.count.isMultiple(of: bucketCount)
        else { throw .malformedDescription("a figure of its context is out of range") }
        self.neighbourhood = neighbourhood
        self.neighbours = neighbours
        self.bucketWidth = bucketWidth
        self.bucketCount = bucketCount
        self.rowShift = rowShift
        self.adjustments = adjustments
    }

    /// This context with other adjustments, as many as it has.
    func with(adjustments: [Int8]) -> LatentContext {
        precondition(adjustments.count == self.adjustments.count, "there are as many")
        var other = self
        other.adjustments = adjustments
        return other
    }

    /// Whether the context suits a family of `tables` tables and an order of positions.
    func fits(tables: Int, order: LatentOrder) -> Bool {
        let rows = (tables - 1) >> rowShift + 1
        let count = order.positions.count
        let width = neighbourhood.positionWeights.count
        guard adjustments.count == rows * bucketCount, neighbours.count == count * width,
            width == 0 || neighbourPatterns.distinct.count <= 256
        else { return false }
        var rank = [Int](repeating: 0, count: count)
        for (index, position) in order.positions.enumerated() { rank[position] = index }
        return (0..<count).allSatisfy { position in
            neighbours[position * width..<(position + 1) * width].allSatisfy { neighbour in
                neighbour == -1
                    || rank.indices.contains(Int(neighbour))
                        && rank[Int(neighbour)] < rank[position]
            }
        }
    }

    /// The distinct lists of distances to the neighbours, 0 for none, in the order in which they
    /// first occur, and which of them each position has.
    var neighbourPatterns: (distinct: [[Int]], ofPosition: [Int]) {
        let width = neighbourhood.positionWeights.count
        var distinct: [[Int]] = []
        let ofPosition = (0..<neighbours.count / width).map { position in
            let distances = (0..<width).map { index in
                let neighbour = Int(neighbours[position * width + index])
                return neighbour < 0 ? 0 : position - neighbour
            }
            if let known = distinct.firstIndex(of: distances) { return known }
            distinct.append(distances)
            return distinct.count - 1
        }
        return (distinct, ofPosition)
    }
}
