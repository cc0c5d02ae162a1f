/// Builds a byte string out of little-endian and variable-length integers.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ byte: UInt8) { bytes.append(byte) }

    mutating func append(contentsOf more: [UInt8]) { bytes.append(contentsOf: more) }

    /// Appends the low `count` bytes of `value`, the least significant first.
    mutating func append(_ value: UInt64, count: Int) {
        for index in 0..<count {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index)))
        }
    }

    /// Appends a checksum, the most significant of its three bytes first.
    mutating func appendBigEndian(_ checksum: UInt32) {
        for shift in [16, 8, 0] as [UInt32] {
            bytes.append(UInt8(truncatingIfNeeded: checksum >> shift))
        }
    }

    /// Appends an unsigned LEB128 number.
    mutating func appendVariable(_ value: Int) {
        var rest = UInt64(value)
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Appends a signed number: n ≥ 0 as 2n, else −2n − 1, in LEB128.
    mutating func appendSigned(_ value: Int) {
        appendVariable(value >= 0 ? 2 * value : -2 * value - 1)
    }

    /// Appends bytes as runs: a value, then one less than its run's length, in turn.
    mutating func appendRuns(_ values: [UInt8]) {
        var start = 0
        for index in values.indices
        where index + 1 == values.count || values[index + 1] != values[index] {
            append(values[index])
            appendVariable(index - start)
            start = index + 1
        }
    }
}
