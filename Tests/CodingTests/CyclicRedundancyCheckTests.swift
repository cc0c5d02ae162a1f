import TestSupport
import Testing

@testable import Coding

@Suite struct CyclicRedundancyCheckTests {
    @Test func matchesThePublishedCheckValue() {
        // CRC-24/OPENPGP of "123456789" is 0x21CF02, here complemented.
        #expect(ReferenceDecoder.checksum(Array("123456789".utf8)) == 0x21CF02 ^ 0xFF_FFFF)
    }

    @Test func slicingEqualsBitByBit() {
        var random = SeededGenerator(seed: 1)
        for count in 0..<70 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            var whole = CyclicRedundancyCheck()
            whole.update(bytes)
            var parts = CyclicRedundancyCheck()
            parts.update(Array(bytes.prefix(count / 3)))
            parts.update(Array(bytes.dropFirst(count / 3)))
            #expect(whole.value == ReferenceDecoder.checksum(bytes))
            #expect(parts.value == whole.value)
        }
    }
}
