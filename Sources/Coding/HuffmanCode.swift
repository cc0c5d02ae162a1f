/// The lengths of a Huffman code's words: what coding symbol by symbol with whole bits takes.
///
/// Huffman, "A method for the construction of minimum-redundancy codes", Proceedings of the IRE
/// (1952).
package struct HuffmanCode: Equatable, Sendable {
    /// In bits, one for each symbol; 0 where a symbol never occurs.
    package let lengths: [Int]

    /// - Parameter weights: How often each symbol occurs; not all of them zero. A symbol that is alone
    ///   gets a word of one bit.
    package init(weights: [UInt64]) {
        let used = weights.indices.filter { weights[$0] > 0 }
        precondition(!used.isEmpty, "a code has words")
        var lengths = [Int](repeating: 0, count: weights.count)
        // Leaves by rising weight, and inner nodes, which are made in that order: the lightest two
        // nodes are at the front of the two queues.
        var leaves = used.sorted { (weights[$0], $0) < (weights[$1], $1) }.map {
            (weight: weights[$0], symbols: [$0])
        }[...]
        var inner: ArraySlice<(weight: UInt64, symbols: [Int])> = []
        if leaves.count == 1 { lengths[used[0]] = 1 }
        func lightest() -> (weight: UInt64, symbols: [Int]) {
            guard let leaf = leaves.first else { return inner.removeFirst() }
            guard let node = inner.first, node.weight < leaf.weight else {
                return leaves.removeFirst()
            }
            return inner.removeFirst()
        }
        while leaves.count + inner.count > 1 {
            let (one, other) = (lightest(), lightest())
            let symbols = one.symbols + other.symbols
            for symbol in symbols { lengths[symbol] += 1 }
            inner.append((one.weight + other.weight, symbols))
        }
        self.lengths = lengths
    }
}

extension LatentCodec {
    /// How many bits quantised values take with a Huffman code for each of the family's tables.
    ///
    /// - Parameter values: `count` of them, channel-major.
    /// - Returns: The length of the body, without an envelope.
    package func huffmanBitCount(of values: [Int16]) -> Int {
        let codes = model.family.tables.map { table in
            HuffmanCode(weights: table.frequencies.map { UInt64($0) })
        }
        return zip(values, tables(for: values)).reduce(0) { sum, coded in
            let (magnitude, limit) = (abs(Int(coded.0)), model.limits[coded.1])
            guard magnitude > limit else {
                return sum + codes[coded.1].lengths[LatentSymbol.zigzag(Int(coded.0))]
            }
            return sum + codes[coded.1].lengths[2 * limit + 1]
                + LatentSymbol.escapeBitCount(magnitude: magnitude, limit: limit)
        }
    }
}
