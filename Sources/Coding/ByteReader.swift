/// Reads what `ByteWriter` writes; nil where the bytes end or are not in canonical form.
struct ByteReader {
    let bytes: [UInt8]
    let end: Int
    var offset = 0

    /// Reads `bytes[..<end]`.
    init(bytes: [UInt8], end: Int) {
        precondition(end <= bytes.count)
        self.bytes = bytes
        self.end = end
    }

    var isAtEnd: Bool { offset == end }

    mutating func readByte() -> UInt8? {
        guard offset < end else { return nil }
        defer { offset += 1 }
        return bytes[offset]
    }

    /// A little-endian number of `count` bytes, at most 8.
    mutating func readInteger(count: Int) -> UInt64? {
        guard end - offset >= count else { return nil }
        var value: UInt64 = 0
        for index in (0..<count).reversed() { value = value << 8 | UInt64(bytes[offset + index]) }
        offset += count
        return value
    }

    /// An unsigned LEB128 number below 2^35, in its shortest form.
    mutating func readVariable() -> Int? {
        var value = 0
        for index in 0..<5 {
            guard let byte = readByte() else { return nil }
            value |= Int(byte & 0x7F) << (7 * index)
            if byte < 0x80 { return byte == 0 && index > 0 ? nil : value }
        }
        return nil
    }

    /// A signed number.
    mutating func readSigned() -> Int? {
        guard let value = readVariable() else { return nil }
        return value % 2 == 0 ? value / 2 : -(value + 1) / 2
    }

    /// `count` bytes in runs.
    ///
    /// - Throws: `CodingError.malformedDescription` if the runs add up to something else.
    mutating func readRuns(count: Int) throws(CodingError) -> [UInt8] {
        var values: [UInt8] = []
        while values.count < count {
            guard let value = readByte(), let more = readVariable(), more < count - values.count
            else { throw .malformedDescription("its runs do not add up to \(count)") }
            values.append(contentsOf: repeatElement(value, count: more + 1))
        }
        return values
    }
}
