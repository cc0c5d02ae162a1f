extension FrequencyTable {
    /// The table nearest to `counts`, where every symbol keeps a frequency of at least one.
    ///
    /// Apportionment by the method of Webster and Sainte-Laguë: the next unit goes to the symbol
    /// with the largest count / (2 · frequency + 1), the integer form of the greatest saving
    /// count · log(1 + 1/frequency), ties to the smaller symbol. Only integers are involved, so
    /// that every platform builds the same table.
    ///
    /// - Parameters:
    ///   - counts: How often each symbol of the alphabet occurred, 1...256 of them, adding up to
    ///     less than 2^63. All zero gives the uniform table.
    ///   - precision: One of `precisions`.
    ///   - isComplete: If false, symbols that never occurred get frequency zero, hence no code.
    package init(counts: [UInt64], precision: Int, isComplete: Bool = true) {
        precondition(Self.precisions.contains(precision), "precision outside \(Self.precisions)")
        precondition(Self.alphabetSizes.contains(counts.count), "alphabet has 1...256 symbols")
        let isEmpty = counts.allSatisfy { $0 == 0 }
        let weights = isEmpty ? counts.map { _ in 1 } : counts
        let total = weights.reduce(0, +)
        let scale = UInt64(1) << UInt64(precision)
        var shares = weights.map { weight in
            let (high, low) = weight.multipliedFullWidth(by: scale)
            let share = total.dividingFullWidth((high, low)).quotient
            return weight > 0 || isComplete ? max(share, 1) : 0
        }
        Self.apportion(&shares, weights: weights, total: scale)
        self.init(validated: shares.map { UInt16($0) }, precision: precision)
    }

    /// Adds or takes single units until the shares add up to `total`.
    private static func apportion(_ shares: inout [UInt64], weights: [UInt64], total: UInt64) {
        var sum = shares.reduce(0, +)
        while sum < total {
            let symbols = weights.indices.filter { shares[$0] > 0 }
            let best = symbols.dropFirst().reduce(symbols[0]) { best, symbol in
                let challenger = Quotient(weights[symbol], 2 * shares[symbol] + 1)
                return Quotient(weights[best], 2 * shares[best] + 1) < challenger ? symbol : best
            }
            shares[best] += 1
            sum += 1
        }
        while sum > total {
            let symbols = weights.indices.filter { shares[$0] > 1 }
            let best = symbols.dropFirst().reduce(symbols[0]) { best, symbol in
                let challenger = Quotient(weights[symbol], 2 * shares[symbol] - 1)
                return challenger < Quotient(weights[best], 2 * shares[best] - 1) ? symbol : best
            }
            shares[best] -= 1
            sum -= 1
        }
    }

    /// A non-negative fraction, compared exactly.
    private struct Quotient {
        var numerator: UInt64
        var denominator: UInt64

        init(_ numerator: UInt64, _ denominator: UInt64) {
            self.numerator = numerator
            self.denominator = denominator
        }

        static func < (left: Self, right: Self) -> Bool {
            left.numerator.multipliedFullWidth(by: right.denominator)
                < right.numerator.multipliedFullWidth(by: left.denominator)
        }
    }
}
