/// A 24-bit cyclic redundancy check: generator 0x864CFB and start value of RFC 4880 (OpenPGP),
/// result complemented.
///
/// The generator detects every burst of up to 24 bits and every odd number of flipped bits, at any
/// length. The complement makes appended zero bytes visible.
struct CyclicRedundancyCheck {
    /// The register, in the upper 24 bits.
    private var register: UInt32 = 0xB7_04_CE << 8

    var value: UInt32 { ~(register >> 8) & 0xFF_FFFF }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        Self.tables.withUnsafeBufferPointer { tables in
            var crc = register
            var offset = 0
            while bytes.count - offset >= 8 {
                let first = bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self).bigEndian
                let second =
                    bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self).bigEndian
                crc = Self.fold(first ^ crc, tables, 4) ^ Self.fold(second, tables, 0)
                offset += 8
            }
            while offset < bytes.count {
                crc = crc << 8 ^ tables[Int(crc >> 24 ^ UInt32(bytes[offset]))]
                offset += 1
            }
            register = crc
        }
    }

    mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// The check value of `bytes`.
    static func value(of bytes: [UInt8]) -> UInt32 {
        var check = CyclicRedundancyCheck()
        check.update(bytes)
        return check.value
    }

    /// Four bytes at once, followed by `distance` more bytes ("slicing by eight": Kounavis and
    /// Berry, A Systematic Approach to Building High Performance CRC Generators, 2005).
    @inline(__always)
    private static func fold(
        _ word: UInt32,
        _ tables: UnsafeBufferPointer<UInt32>,
        _ distance: Int
    ) -> UInt32 {
        let table = tables.baseAddress.unsafelyUnwrapped + distance * 256
        return table[Int(word & 0xFF)]
            ^ table[256 + Int(word >> 8 & 0xFF)]
            ^ table[512 + Int(word >> 16 & 0xFF)]
            ^ table[768 + Int(word >> 24)]
    }

    /// `tables[256 * k + b]`: the remainder of byte b followed by k zero bytes.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var remainder = UInt32(byte) << 24
            for _ in 0..<8 {
                let carries = remainder >> 31 == 1
                remainder <<= 1
                if carries { remainder ^= 0x86_4C_FB << 8 }
            }
            tables[byte] = remainder
        }
        for index in 256..<tables.count {
            let shorter = tables[index - 256]
            tables[index] = shorter << 8 ^ tables[Int(shorter >> 24)]
        }
        return tables
    }()
}
