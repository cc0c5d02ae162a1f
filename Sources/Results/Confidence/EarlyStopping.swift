/// How many queries show that a percentile of the latency keeps a bound: MLPerf inference's early stopping.
///
/// A percentile p keeps the bound with confidence c when so few queries over the bound would turn up with
/// probability at most 1 - c, were the share p of all queries within it. With t over and h within, that is
/// P(Binomial(h + t, 1 - p) ≤ t) = I_p(h, t + 1) ≤ 1 - c (MLPerf Inference Rules, "Early Stopping
/// Criterion"). Queries count as independent; in a queue they are not, so that this is a rule to follow,
/// not an interval to trust.
package struct EarlyStopping: Sendable, Equatable {
    /// The rules' confidence.
    package static let confidence = 0.99

    /// As a fraction, between 0 and 1.
    package var percentile: Double

    package init(percentile: Double) {
        precondition(percentile > 0 && percentile < 1, "A percentile lies between 0 and 1.")
        self.percentile = percentile
    }

    /// Whether `over` queries above the bound out of `queries` are few enough.
    package func isMet(over: Int, of queries: Int) -> Bool {
        IncompleteBeta.binomial(atMost: over, of: queries, probability: 1 - percentile)
            <= 1 - Self.confidence
    }

    /// The fewest queries that suffice when `over` of them are above the bound.
    package func neededQueries(over: Int) -> Int {
        var low = over
        var high = max(2 * over, 1)
        while !isMet(over: over, of: high) {
            low = high
            high *= 2
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if isMet(over: over, of: middle) { high = middle } else { low = middle }
        }
        return high
    }

    /// The rank, from the largest as 1, of the latency that is the percentile's conservative estimate.
    ///
    /// The most queries over a bound that `queries` suffice for; nil when they do not for one.
    package func rankFromTop(of queries: Int) -> Int? {
        guard isMet(over: 1, of: queries) else { return nil }
        var low = 1
        var high = queries
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if isMet(over: middle, of: queries) { low = middle } else { high = middle }
        }
        return low
    }
}
