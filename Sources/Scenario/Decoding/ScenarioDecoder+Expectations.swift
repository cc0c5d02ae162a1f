extension ScenarioDecoder {
    /// The parts of `summary.json` that hold figures.
    static let summaryParts = [
        "requests", "throughput", "latency", "statistics", "precision", "deadlineAttainment",
        "goodput", "stages", "accuracy",
        "bytes", "energy", "edges", "groups",
    ]

    func expectations(_ field: Field) -> [Expectation] {
        guard case .object(let members) = field.node.value else {
            field.failType("an object such as { \"latency.p99\": \"< 150ms\" }")
            return []
        }
        return members.compactMap { member in
            expectation(member.key, field.child(member.key, member.node))
        }
    }

    private func expectation(_ path: String, _ field: Field) -> Expectation? {
        let steps = path.split(separator: ".", omittingEmptySubsequences: false)
        let part = String(steps[0].prefix { $0 != "[" })
        if !Self.summaryParts.contains(part) || steps.contains("") {
            let rest = String(path.dropFirst(part.count))
            let closest = Suggestion.closest(to: part, among: Self.summaryParts)
            field.fail(
                "the summary has no \(path.quoted)",
                closest.map { "write \(($0 + rest).quoted)" }
                    ?? Suggestion.remedy(for: part, among: Self.summaryParts)
            )
        }
        let remedy = "a comparison such as \"< 150ms\" (<, <=, ==, !=, >=, >)"
        guard let text = field.string(remedy) else { return nil }
        let mark = text.prefix { "<>=!".contains($0) }
        let operand = text.dropFirst(mark.count).drop { $0 == " " }
        guard let comparison = Expectation.Comparison(rawValue: String(mark)),
            let value = Self.value(String(operand))
        else {
            field.fail("\(text.quoted) is not a comparison", "write \(remedy)")
            return nil
        }
        return Expectation(path: path, comparison: comparison, value: value, text: text)
    }

    /// A number, or a quantity in its base unit; nil when it is neither.
    private static func value(_ text: String) -> Double? {
        if let number = Double(text), number.isFinite { return number }
        for dimension in Dimension.allCases {
            if case .success(let value) = dimension.parse(text) { return Double(value) }
        }
        if case .success(let rate) = EventRate.parse(text) { return rate }
        return nil
    }
}
