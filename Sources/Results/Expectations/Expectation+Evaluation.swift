import Scenario

extension Expectation {
    /// Judges the statement on a summary's tree.
    ///
    /// An unknown path and a figure that is null are not met.
    func evaluated(in summary: SummaryValue) -> ExpectationResult {
        var result = ExpectationResult(path: path, text: text, actual: nil, met: false)
        switch summary.lookUp(path) {
        case .number(let actual):
            result.actual = actual
            result.met = comparison.holds(actual, value)
        case .absent, .nowhere:
            result.reason = "this run has no figure for it"
        case .notNumeric:
            result.reason = "the summary holds no number there"
        case .unknown:
            result.reason = "the summary has no such figure"
        }
        return result
    }
}

extension Expectation.Comparison {
    fileprivate func holds(_ left: Double, _ right: Double) -> Bool {
        switch self {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .equal: left == right
        case .notEqual: left != right
        case .greaterOrEqual: left >= right
        case .greater: left > right
        }
    }
}
