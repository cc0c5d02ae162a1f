import Coding

/// The specification in BITSTREAM.md, "Latent", followed word by word with wide integers and
/// searches; shares with the codec only the model's figures.
struct LatentReferenceDecoder {
    let model: LatentModel
    let level: LatentLevel
    private var body: ArraySlice<UInt8> = []
    private var state: UInt64 = 0
    private var values: [[Int]] = []
    private var channelSums: [[Int]] = []
    private var sampleSum = [0, 0]

    init(_ codec: LatentCodec) { (model, level) = (codec.model, codec.level) }

    /// The latent of an unaltered payload.
    mutating func decode(_ payload: [UInt8]) -> [Float]? {
        body = payload[1..<payload.count - 3]
        let width = body.count < 5 ? body.count : 4 - body.count % 2
        state = body.prefix(width).reversed().reduce(0) { $0 << 8 | UInt64($1) }
        body = body.dropFirst(width)
        values = Array(
            repeating: Array(repeating: 0, count: model.positions),
            count: model.channels
        )
        channelSums = Array(repeating: [0, 0], count: model.positions)
        sampleSum = [0, 0]
        var latent = [Float](repeating: 0, count: model.channels * model.positions)
        for (channel, position) in order() {
            let single = level.steps.count == 1
            let scale = scale(channel, position, level.offsets[single ? 0 : channel])
            let table = table(scale + adjustment(channel, position))
            let value = nextValue(table)
            values[channel][position] = value
            update(channel, position)
            let step = level.steps[single ? 0 : channel]
            let number = abs(value) * 256 - Int(model.family.centroidShifts[table])
            let magnitude = value == 0 ? 0 : Float(number) * (step / 256)
            latent[channel * model.positions + position] = value < 0 ? -magnitude : magnitude
        }
        return state == 0 && body.isEmpty ? latent : nil
    }

    private func order() -> [(Int, Int)] {
        let order = model.order
        return order.nesting == .positionsOuter
            ? order.positions.flatMap { position in order.channels.map { ($0, position) } }
            : order.channels.flatMap { channel in order.positions.map { (channel, $0) } }
    }

    private func scale(_ channel: Int, _ position: Int, _ offset: Int) -> Int {
        let groups = model.scaleIndices.count / model.channels
        return Int(model.scaleIndices[channel * groups + Int(model.group[position])]) - offset
    }

    private func table(_ scale: Int) -> Int {
        let stride = 16 / model.family.tablesPerOctave
        let distance = scale - model.family.origin + stride / 2
        return distance < 0 ? 0 : min(distance / stride, model.family.tables.count - 1)
    }

    private func pair(_ channel: Int, _ position: Int, _ cap: Int) -> [Int] {
        let offset = level.offsets[level.offsets.count == 1 ? 0 : channel]
        let table = model.family.tables[table(scale(channel, position, offset))]
        var expected = 0
        for (symbol, frequency) in table.frequencies.enumerated() {
            expected += min((symbol + 1) / 2, cap) * Int(frequency)
        }
        let magnitude = min(abs(values[channel][position]), cap)
        return [16 * magnitude, 16 * expected / (1 << table.precision)]
    }

    private func adjustment(_ channel: Int, _ position: Int) -> Int {
        guard let context = model.context else { return 0 }
        let around = context.neighbourhood
        let width = around.positionWeights.count
        let sums = (0..<2).map { part in
            var sum = around.bias + around.channelWeight * channelSums[position][part]
            for (index, weight) in around.positionWeights.enumerated() {
                let neighbour = Int(context.neighbours[position * width + index])
                guard neighbour >= 0 else { continue }
                sum += weight * pair(channel, neighbour, around.cap)[part]
            }
            return sum + around.sampleWeight * (sampleSum[part] >> around.sampleShift)
        }
        let ratio = logarithm(sums[0]) - logarithm(sums[1])
        let place = ratio + context.bucketCount * context.bucketWidth / 2
        let bucket = min(max(place, 0) / context.bucketWidth, context.bucketCount - 1)
        let offset = level.offsets[level.offsets.count == 1 ? 0 : channel]
        let row = table(scale(channel, position, offset)) >> context.rowShift
        return Int(context.adjustments[row * context.bucketCount + bucket])
    }

    private func logarithm(_ value: Int) -> Int {
        var exponent = 0
        while value >> (exponent + 1) > 0 { exponent += 1 }
        return 16 * exponent + (16 * (value - 1 << exponent)) >> exponent
    }

    private mutating func update(_ channel: Int, _ position: Int) {
        guard let around = model.context?.neighbourhood else { return }
        let pair = pair(channel, position, around.cap)
        for part in 0..<2 {
            let before = channelSums[position][part]
            channelSums[position][part] = before * around.channelDecay / 256 + pair[part]
            sampleSum[part] += pair[part] - sampleSum[part] >> around.sampleShift
        }
    }

    private mutating func nextValue(_ table: Int) -> Int {
        let frequencies = model.family.tables[table]
        let symbol = next(frequencies)
        let limit = frequencies.alphabetSize / 2 - 1
        guard symbol == frequencies.alphabetSize - 1 else {
            return symbol % 2 == 1 ? (symbol + 1) / 2 : -symbol / 2
        }
        let bit = FrequencyTable(counts: [1, 1], precision: frequencies.precision)
        let order =
            limit < 4 ? 0 : limit < 8 ? 1 : limit < 16 ? 2 : limit < 32 ? 3 : limit < 64 ? 4 : 5
        var width = order
        while next(bit) == 0 { width += 1 }
        var number = 1
        for _ in 0..<width { number = 2 * number + next(bit) }
        let magnitude = number - 1 << order + limit + 1
        return next(bit) == 1 ? -magnitude : magnitude
    }

    private mutating func next(_ table: FrequencyTable) -> Int {
        let slot = state % (1 << UInt64(table.precision))
        var (symbol, cumulative) = (0, UInt64(0))
        while slot >= cumulative + UInt64(table.frequencies[symbol]) {
            cumulative += UInt64(table.frequencies[symbol])
            symbol += 1
        }
        state = UInt64(table.frequencies[symbol]) * (state >> UInt64(table.precision))
        state += slot - cumulative
        if state < 65_536, body.count >= 2 {
            let word = UInt64(body[body.startIndex]) + UInt64(body[body.startIndex + 1]) << 8
            state = state << 16 + word
            body = body.dropFirst(2)
        }
        return symbol
    }
}
