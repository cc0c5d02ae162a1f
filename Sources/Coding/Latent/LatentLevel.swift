/// A rate level: the quantiser's steps.
///
/// Changing the rate changes only these.
package struct LatentLevel: Hashable, Sendable {
    /// What a step may be.
    package static let steps: ClosedRange<Float> = 0x1p-24...0x1p24

    /// The step of each channel, or a single one for all of them.
    package let steps: [Float]

    /// 16 · log2 of each step, rounded: how much finer than step 1 the scales are.
    package let offsets: [Int]

    /// - Parameter steps: The step of each channel, or a single one for all; within `Self.steps`.
    package init(steps: [Float]) {
        precondition(!steps.isEmpty, "there is a step")
        precondition(steps.allSatisfy(Self.steps.contains), "steps lie within \(Self.steps)")
        self.steps = steps
        self.offsets = steps.map(LatentStep.index)
    }

    /// A level with one step for all channels.
    package init(step: Float) { self.init(steps: [step]) }

    /// How many places there are from one anchor to the next.
    package static let placesPerAnchor = 64

    /// The level at `place` 64ths of the way from one anchor to the next: each step in proportion
    /// between its neighbours, in binary32 arithmetic, the same on every platform.
    ///
    /// - Parameters:
    ///   - anchors: At least one level, all of as many steps.
    ///   - place: 0...`placesPerAnchor` · (number of anchors − 1).
    package init(between anchors: [LatentLevel], place: Int) {
        let (index, part) = place.quotientAndRemainder(dividingBy: Self.placesPerAnchor)
        guard part > 0 else {
            self = anchors[index]
            return
        }
        let share = Float(part) / Float(Self.placesPerAnchor)
        let (from, to) = (anchors[index].steps, anchors[index + 1].steps)
        precondition(from.count == to.count, "anchors have as many steps")
        self.init(steps: zip(from, to).map { $0 * (1 - share) + $1 * share })
    }

    /// The compact form: number of steps, then each step and its offset.
    package var encodedDescription: [UInt8] {
        var writer = ByteWriter()
        writer.appendVariable(steps.count)
        for (step, offset) in zip(steps, offsets) {
            writer.append(UInt64(step.bitPattern), count: 4)
            writer.append(UInt64(UInt16(bitPattern: Int16(offset))), count: 2)
        }
        return writer.bytes
    }

    /// Reads `encodedDescription`.
    ///
    /// - Throws: `CodingError.malformedDescription` if these bytes are not what it holds.
    package init(description bytes: [UInt8]) throws(CodingError) {
        var reader = ByteReader(bytes: bytes, end: bytes.count)
        guard let count = reader.readVariable(), (1...LatentModel.channelLimit).contains(count)
        else { throw .malformedDescription("a level without a number of steps") }
        var steps: [Float] = []
        for _ in 0..<count {
            guard let pattern = reader.readInteger(count: 4), reader.readInteger(count: 2) != nil
            else { throw .malformedDescription("a level ends within its steps") }
            let step = Float(bitPattern: UInt32(pattern))
            guard Self.steps.contains(step) else {
                throw .malformedDescription("a level's step is out of range")
            }
            steps.append(step)
        }
        self.init(steps: steps)
        guard encodedDescription == bytes else {
            throw .malformedDescription("a level is not in canonical form")
        }
    }
}
