import Foundation
import TestSupport
import Testing

@testable import Coding

@Suite struct HuffmanCodeTests {
    @Test(arguments: 1...40) func `words fill the tree and come near the entropy`(seed: Int) {
        var generator = SeededGenerator(seed: UInt64(seed))
        let weights = (0..<seed + 1).map { _ in
            let bits = generator.next()
            return (bits >> 40) << (bits & 7)
        }
        let code = HuffmanCode(weights: weights)
        let kraft = code.lengths.filter { $0 > 0 }.reduce(0.0) { $0 + exp2(-Double($1)) }
        #expect(abs(kraft - 1) < 1e-12)
        let total = Double(weights.reduce(0, +))
        let shares = weights.map { Double($0) / total }
        let entropy = shares.reduce(0.0) { $0 - ($1 > 0 ? $1 * log2($1) : 0) }
        let mean = zip(shares, code.lengths).reduce(0.0) { $0 + $1.0 * Double($1.1) }
        #expect(mean >= entropy - 1e-9)
        #expect(mean < entropy + 1)
    }

    @Test func `a known code`() {
        #expect(HuffmanCode(weights: [45, 13, 12, 16, 9, 5]).lengths == [1, 3, 3, 3, 4, 4])
        #expect(HuffmanCode(weights: [0, 7, 0]).lengths == [0, 1, 0])
    }
}
