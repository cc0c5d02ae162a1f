/// Packs bits into bytes, the most significant bit first.
struct BitWriter {
    private var bytes: [UInt8] = []
    private var pending: UInt32 = 0
    private var pendingCount = 0

    /// Appends the low `count` bits of `value`, 0...16, the highest of them first.
    mutating func append(_ value: UInt16, count: Int) {
        pending = pending << UInt32(count) | (UInt32(value) & ((1 << UInt32(count)) - 1))
        pendingCount += count
        while pendingCount >= 8 {
            pendingCount -= 8
            bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(pendingCount)))
        }
    }

    /// The bytes, the last one filled up with zero bits.
    consuming func finish() -> [UInt8] {
        if pendingCount > 0 { append(0, count: 8 - pendingCount) }
        return bytes
    }
}
