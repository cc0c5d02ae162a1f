import Coding

/// The specification in BITSTREAM.md, followed word by word: searches instead of directories,
/// bit-by-bit checksum, wide integers; shares no code with the coder.
enum ReferenceDecoder {
    /// The symbols of a body, or nil if it is malformed.
    ///
    /// `tables` has one entry a symbol.
    static func symbols(_ body: [UInt8], lanes: Int, tables: [FrequencyTable]) -> [UInt8]? {
        var position = 0
        func read(_ count: Int) -> UInt64 {
            defer { position += count }
            return (0..<count).reduce(0) { $0 + UInt64(body[position + $1]) << UInt64(8 * $1) }
        }
        let width = lanes > 1 || body.count < 5 ? min(body.count, 4) : 4 - body.count % 2
        var states = (0..<lanes).map { _ in read(width) }
        var symbols: [UInt8] = []
        for (index, table) in tables.enumerated() {
            let state = states[index % lanes]
            let slot = state % (1 << UInt64(table.precision))
            var (symbol, cumulative) = (0, UInt64(0))
            while slot >= cumulative + UInt64(table.frequencies[symbol]) {
                cumulative += UInt64(table.frequencies[symbol])
                symbol += 1
            }
            var next = UInt64(table.frequencies[symbol]) * (state >> UInt64(table.precision))
            next += slot - cumulative
            if next < 65536, position + 2 <= body.count { next = next << 16 + read(2) }
            states[index % lanes] = next
            symbols.append(UInt8(symbol))
        }
        let start: UInt64 = lanes == 1 ? 0 : 65536
        guard position == body.count, states.allSatisfy({ $0 == start }) else { return nil }
        return symbols
    }

    /// OpenPGP's CRC-24 as in RFC 4880, section 6.1, complemented.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var register: UInt32 = 0xB704CE
        for byte in bytes {
            register ^= UInt32(byte) << 16
            for _ in 0..<8 {
                register <<= 1
                if register & 0x100_0000 != 0 { register ^= 0x186_4CFB }
            }
        }
        return register ^ 0xFF_FFFF
    }
}
