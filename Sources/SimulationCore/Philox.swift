/// Philox4x32-10, a counter-based generator: a keyed bijection of 128-bit counters.
///
/// Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
@usableFromInline enum Philox {
    @usableFromInline typealias Block = (UInt32, UInt32, UInt32, UInt32)

    /// The block of random words that belongs to `counter` under `key`.
    @inlinable static func block(_ counter: Block, key: (UInt32, UInt32)) -> Block {
        var block = counter
        var key = key
        for _ in 0..<10 {
            let first = UInt64(block.0) &* 0xD251_1F53
            let second = UInt64(block.2) &* 0xCD9E_8D57
            block = (
                UInt32(truncatingIfNeeded: second >> 32) ^ block.1 ^ key.0,
                UInt32(truncatingIfNeeded: second),
                UInt32(truncatingIfNeeded: first >> 32) ^ block.3 ^ key.1,
                UInt32(truncatingIfNeeded: first)
            )
            key = (key.0 &+ 0x9E37_79B9, key.1 &+ 0xBB67_AE85)
        }
        return block
    }
}
