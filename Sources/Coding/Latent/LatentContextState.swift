/// What encoder and decoder know at a point of their walk through a latent: the table of the next
/// coefficient follows from it.
///
/// All sums are pairs: x what occurred, y what the static scales made expect, in units of 1/16.
struct LatentContextState: Sendable {
    /// Static scale of each (channel, group), in units of 1/16 octave above the step.
    private var scales: [Int32] = []

    /// Magnitude that the static table of each (channel, group) makes expect.
    private var expectations: [Int32] = []

    /// Sum over the channels so far, fading, of each position.
    private var channelSums: [SIMD2<Int32>] = []

    /// Sum over everything so far, fading.
    private var sampleSum: SIMD2<Int32> = .zero

    /// Starts at the first coefficient of a latent.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - offsets: What is taken off the scales of each channel, in units of 1/16 octave; one for all
    ///     of them if there is only one.
    mutating func start(_ model: LatentModel, offsets: [Int]) {
        let groups = model.groupCount
        scales.removeAll(keepingCapacity: true)
        for channel in 0..<model.channels {
            let offset = offsets.count == 1 ? offsets[0] : offsets[channel]
            for scale in model.scaleIndices[channel * groups..<(channel + 1) * groups] {
                scales.append(Int32(Int(scale) - offset))
            }
        }
        guard model.context != nil else { return }
        expectations.removeAll(keepingCapacity: true)
        for scale in scales {
            expectations.append(model.expectedMagnitudes[model.family.table(forScale: Int(scale))])
        }
        channelSums.removeAll(keepingCapacity: true)
        channelSums.append(contentsOf: repeatElement(.zero, count: model.positions))
        sampleSum = .zero
    }

    /// The scale of a coefficient, in units of 1/16 octave above the step.
    func scale(_ model: LatentModel, channel: Int, position: Int, values: [Int16]) -> Int {
        let entry = channel * model.groupCount + Int(model.group[position])
        let scale = Int(scales[entry])
        guard let context = model.context else { return scale }
        let cell = cell(model, context, channel: channel, position: position, values: values)
        return scale + Int(context.adjustments[cell])
    }

    /// Which of the context's adjustments a coefficient gets.
    func cell(
        _ model: LatentModel,
        _ context: LatentContext,
        channel: Int,
        position: Int,
        values: [Int16]
    ) -> Int {
        let around = context.neighbourhood
        var sums = channelSums[position] &* Int32(truncatingIfNeeded: around.channelWeight)
        let width = around.positionWeights.count
        for index in 0..<width {
            let neighbour = Int(context.neighbours[position * width + index])
            guard neighbour >= 0 else { continue }
            let value = values[channel * model.positions + neighbour]
            let pair = pair(model, around, channel: channel, position: neighbour, value: value)
            sums &+= pair &* Int32(truncatingIfNeeded: around.positionWeights[index])
        }
        sums &+=
            (sampleSum &>> Int32(truncatingIfNeeded: around.sampleShift))
            &* Int32(truncatingIfNeeded: around.sampleWeight)
        sums &+= Int32(truncatingIfNeeded: around.bias)
        let ratio = Self.logarithm(sums.x) - Self.logarithm(sums.y)
        let place = ratio + context.bucketCount * context.bucketWidth / 2
        let bucket = min(max(place / context.bucketWidth, 0), context.bucketCount - 1)
        let entry = channel * model.groupCount + Int(model.group[position])
        let row = model.family.table(forScale: Int(scales[entry])) >> context.rowShift
        return row * context.bucketCount + bucket
    }

    /// Takes note of a coefficient's value.
    mutating func update(_ model: LatentModel, channel: Int, position: Int, value: Int16) {
        guard let context = model.context else { return }
        let around = context.neighbourhood
        let pair = pair(model, around, channel: channel, position: position, value: value)
        let decay = Int32(truncatingIfNeeded: around.channelDecay)
        channelSums[position] = (channelSums[position] &* decay) &>> 8 &+ pair
        sampleSum &+= pair &- sampleSum &>> Int32(truncatingIfNeeded: around.sampleShift)
    }

    private func pair(
        _ model: LatentModel,
        _ around: LatentContext.Neighbourhood,
        channel: Int,
        position: Int,
        value: Int16
    ) -> SIMD2<Int32> {
        let entry = channel * model.groupCount + Int(model.group[position])
        let magnitude = min(abs(Int32(value)), Int32(truncatingIfNeeded: around.cap))
        return SIMD2(16 * magnitude, expectations[entry])
    }

    /// The logarithm of a positive number in units of 1/16 octave, linear between powers of two.
    @inline(__always)
    private static func logarithm(_ value: Int32) -> Int {
        let number = UInt32(bitPattern: value)
        let exponent = 31 - number.leadingZeroBitCount
        let mantissa = Int((number << UInt32(31 - exponent)) >> 27) & 15
        return exponent << 4 + mantissa
    }
}
