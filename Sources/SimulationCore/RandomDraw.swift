/// A short stream of random words that is a function of (seed, purpose, entity, request, attempt)
/// and of nothing else, so that no draw depends on the order of events.
///
/// Words come from `Philox`: the seed is the key, the rest and a counter are the counter.
public struct RandomDraw: Sendable {
    @usableFromInline let seed: UInt64
    @usableFromInline let entity: UInt32
    @usableFromInline let request: UInt32
    /// The purpose in the top 8 bits, the attempt in the lower 24.
    @usableFromInline let purposeAndAttempt: UInt32
    /// How many words have been drawn; two come from one block.
    @usableFromInline var drawn: UInt32 = 0
    /// The second word of the latest block.
    @usableFromInline var spare: UInt64 = 0

    /// A stream at its first word.
    ///
    /// - Parameters:
    ///   - seed: the scenario's.
    ///   - purpose: what the draw is for.
    ///   - entity: the device, link or replica that draws.
    ///   - request: the sequence number of the device's request, or 0.
    ///   - attempt: below 2^24; further ones wrap around.
    @inlinable public init(
        seed: UInt64,
        purpose: DrawPurpose,
        entity: UInt32,
        request: UInt32 = 0,
        attempt: UInt32 = 0
    ) {
        self.seed = seed
        self.entity = entity
        self.request = request
        self.purposeAndAttempt = UInt32(purpose.rawValue) << 24 | attempt & 0xFF_FFFF
    }

    /// The next 64 random bits; at most 2^32 words come from one draw.
    @inlinable public mutating func next() -> UInt64 {
        let index = drawn
        drawn += 1
        if index & 1 == 1 { return spare }
        let block = Philox.block(
            (index >> 1, request, entity, purposeAndAttempt),
            key: (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        )
        spare = UInt64(block.3) << 32 | UInt64(block.2)
        return UInt64(block.1) << 32 | UInt64(block.0)
    }
}
