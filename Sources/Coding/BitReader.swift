/// Reads bits, the most significant bit of each byte first; nil at the end of the bytes.
struct BitReader {
    private let bytes: [UInt8]
    private let end: Int
    private var position: Int

    /// Reads `bytes[offset..<end]`.
    init(bytes: [UInt8], offset: Int, end: Int) {
        precondition(offset >= 0 && offset <= end && end <= bytes.count)
        self.bytes = bytes
        self.end = end * 8
        self.position = offset * 8
    }

    /// The next `count` bits, 0...16, as a number.
    mutating func read(count: Int) -> UInt16? {
        guard end - position >= count else { return nil }
        var value: UInt16 = 0
        for _ in 0..<count {
            let bit = bytes[position / 8] >> UInt8(7 - position % 8) & 1
            value = value << 1 | UInt16(bit)
            position += 1
        }
        return value
    }

    /// How many one bits come before the next zero bit, or nil if more than `limit`.
    mutating func readUnary(limit: Int) -> Int? {
        for count in 0...limit {
            guard let bit = read(count: 1) else { return nil }
            if bit == 0 { return count }
        }
        return nil
    }

    /// The offset of the first byte not touched, or nil if a bit skipped before it is not zero.
    mutating func finish() -> Int? {
        guard let padding = read(count: (8 - position % 8) % 8), padding == 0 else { return nil }
        return position / 8
    }
}
