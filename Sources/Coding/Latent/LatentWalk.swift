/// A point of encoder's and decoder's common walk through a latent: the table of the coefficient
/// there follows from what was walked past.
///
/// All sums are pairs: x what occurred, y what the static scales made expect, in units of 1/16.
struct LatentWalk {
    /// What is known of a (channel, group) beforehand.
    struct Cell {
        /// Static scale, in units of 1/16 octave above the step.
        var scale: Int32

        /// The table of that scale.
        var table: Int32

        /// Magnitude that this table makes expect, in units of 1/16.
        var expectation: Int32
    }

    private let groupCount: Int
    private let positions: Int
    private let origin: Int
    private let strideShift: Int
    private let lastTable: Int
    private let group: UnsafeBufferPointer<UInt8>
    private let cells: UnsafeBufferPointer<Cell>
    private let values: UnsafePointer<Int16>

    private let context: Parameters?

    /// Sum over the channels so far, fading, of each position.
    private let channelSums: UnsafeMutableBufferPointer<SIMD2<Int32>>

    /// Sum over everything so far, fading.
    private var sampleSum: SIMD2<Int32> = .zero

    /// A context's figures, in the types of the sums.
    private struct Parameters {
        let cap, channelWeight, channelDecay, sampleWeight, sampleShift, bias: Int32
        let positionWeights: SIMD4<Int32>
        let width: Int
        let bucketWidth, bucketCount, rowShift: Int
        let neighbours: UnsafeBufferPointer<Int32>
        let adjustments: UnsafeBufferPointer<Int8>
    }

    /// - Parameters:
    ///   - model: The model.
    ///   - group: Its groups.
    ///   - cells: Channel by channel.
    ///   - channelSums: Zero for each position; not used without a context.
    ///   - neighbours: The context's.
    ///   - adjustments: The context's.
    ///   - values: The quantised values, channel-major.
    init(
        model: LatentModel,
        group: UnsafeBufferPointer<UInt8>,
        cells: UnsafeBufferPointer<Cell>,
        channelSums: UnsafeMutableBufferPointer<SIMD2<Int32>>,
        neighbours: UnsafeBufferPointer<Int32>,
        adjustments: UnsafeBufferPointer<Int8>,
        values: UnsafePointer<Int16>
    ) {
        groupCount = model.groupCount
        positions = model.positions
        origin = model.family.origin
        strideShift = model.family.stride.trailingZeroBitCount
        lastTable = model.family.tables.count - 1
        self.group = group
        self.cells = cells
        self.values = values
        self.channelSums = channelSums
        context = model.context.map { context in
            let around = context.neighbourhood
            var weights = SIMD4<Int32>.zero
            for (index, weight) in around.positionWeights.enumerated() {
                weights[index] = Int32(weight)
            }
            return Parameters(
                cap: Int32(around.cap),
                channelWeight: Int32(around.channelWeight),
                channelDecay: Int32(around.channelDecay),
                sampleWeight: Int32(around.sampleWeight),
                sampleShift: Int32(around.sampleShift),
                bias: Int32(around.bias),
                positionWeights: weights,
                width: around.positionWeights.count,
                bucketWidth: context.bucketWidth,
                bucketCount: context.bucketCount,
                rowShift: context.rowShift,
                neighbours: neighbours,
                adjustments: adjustments
            )
        }
    }

    /// The table of a coefficient.
    @inline(__always)
    func table(channel: Int, position: Int) -> Int {
        let cell = cells[channel * groupCount + Int(group[position])]
        guard let context else { return Int(cell.table) }
        let entry = adjustment(context, cell, channel: channel, position: position)
        return table(forScale: Int(cell.scale) + Int(context.adjustments[entry]))
    }

    /// Takes note of a coefficient's value.
    @inline(__always)
    mutating func pass(channel: Int, position: Int, value: Int16) {
        guard let context else { return }
        let cell = cells[channel * groupCount + Int(group[position])]
        let pair = pair(context, cell, value)
        channelSums[position] = (channelSums[position] &* context.channelDecay) &>> 8 &+ pair
        sampleSum &+= pair &- sampleSum &>> context.sampleShift
    }

    /// Index of the adjustment that a coefficient gets; nil without a context.
    func adjustment(channel: Int, position: Int) -> Int? {
        let cell = cells[channel * groupCount + Int(group[position])]
        return context.map { adjustment($0, cell, channel: channel, position: position) }
    }

    /// The static scale of a coefficient.
    func staticScale(channel: Int, position: Int) -> Int {
        Int(cells[channel * groupCount + Int(group[position])].scale)
    }

    @inline(__always)
    private func adjustment(
        _ context: Parameters,
        _ cell: Cell,
        channel: Int,
        position: Int
    ) -> Int {
        var sums = channelSums[position] &* context.channelWeight
        for index in 0..<context.width {
            let neighbour = Int(context.neighbours[position * context.width + index])
            guard neighbour >= 0 else { continue }
            let other = cells[channel * groupCount + Int(group[neighbour])]
            let pair = pair(context, other, values[channel * positions + neighbour])
            sums &+= pair &* context.positionWeights[index]
        }
        sums &+= (sampleSum &>> context.sampleShift) &* context.sampleWeight
        sums &+= context.bias
        let ratio = Self.logarithm(sums.x) - Self.logarithm(sums.y)
        let place = ratio + context.bucketCount * context.bucketWidth / 2
        let bucket = min(max(place / context.bucketWidth, 0), context.bucketCount - 1)
        return Int(cell.table) >> context.rowShift * context.bucketCount + bucket
    }

    @inline(__always)
    private func pair(_ context: Parameters, _ cell: Cell, _ value: Int16) -> SIMD2<Int32> {
        SIMD2(16 &* min(abs(Int32(value)), context.cap), cell.expectation)
    }

    /// As `LatentFamily.table(forScale:)`.
    @inline(__always)
    private func table(forScale scale: Int) -> Int {
        let distance = scale - origin + (1 << strideShift) >> 1
        return min(max(distance >> strideShift, 0), lastTable)
    }

    /// The logarithm of a positive number in units of 1/16 octave, linear between powers of two.
    @inline(__always)
    private static func logarithm(_ value: Int32) -> Int {
        let number = UInt32(bitPattern: value)
        let exponent = 31 &- number.leadingZeroBitCount
        let mantissa = (number &<< UInt32(truncatingIfNeeded: 31 &- exponent)) &>> 27 & 15
        return exponent &<< 4 &+ Int(mantissa)
    }
}
