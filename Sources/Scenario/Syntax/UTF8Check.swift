/// Looks for bytes that are not UTF-8 (Unicode 15, table 3-7).
enum UTF8Check {
    /// Offset of the first byte that begins no valid sequence; nil when all is well.
    static func firstInvalid(_ bytes: [UInt8]) -> Int? {
        var offset = 0
        while offset < bytes.count {
            guard let length = validLength(bytes, at: offset) else { return offset }
            offset += length
        }
        return nil
    }

    private static func validLength(_ bytes: [UInt8], at offset: Int) -> Int? {
        let lead = bytes[offset]
        let second: ClosedRange<UInt8>
        let length: Int
        switch lead {
        case 0...0x7f: return 1
        case 0xc2...0xdf: (second, length) = (0x80...0xbf, 2)
        case 0xe0: (second, length) = (0xa0...0xbf, 3)
        case 0xed: (second, length) = (0x80...0x9f, 3)
        case 0xe1...0xef: (second, length) = (0x80...0xbf, 3)
        case 0xf0: (second, length) = (0x90...0xbf, 4)
        case 0xf1...0xf3: (second, length) = (0x80...0xbf, 4)
        case 0xf4: (second, length) = (0x80...0x8f, 4)
        default: return nil
        }
        guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return nil }
        let rest = bytes[(offset + 2)..<max(offset + 2, offset + length)]
        return rest.allSatisfy { $0 & 0xc0 == 0x80 } ? length : nil
    }
}
