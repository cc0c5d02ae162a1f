extension ScenarioDecoder {
    /// The parts of `summary.json` that hold figures.
    static let summaryParts = [
        "requests", "throughput", "latency", "statistics", "precision", "deadlineAttainment",
        "goodput", "stages", "accuracy",
        "bytes", "energy", "operatingPoints", "edges", "groups", "pacing",
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
        let isPath = Self.summaryParts.contains(part) && !steps.contains("")
        if !isPath {
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
            let (value, unit) = Self.value(String(operand))
        else {
            field.fail("\(text.quoted) is not a comparison", "write \(remedy)")
            return nil
        }
        let wanted = FigureUnit(path: path)
        // Zero is zero in any unit, and a number of bytes, joules or requests a second can only be that.
        let isPlain = unit == .number && (wanted != .duration || value == 0)
        guard !isPath || unit == wanted || isPlain else {
            field.fail("\(text.quoted) does not fit \(path)", "write \(wanted.remedy)")
            return nil
        }
        return Expectation(
            path: path,
            comparison: comparison,
            value: value,
            text: text,
            place: field.place
        )
    }

    /// A number, or a quantity in its base unit; nil when it is neither.
    private static func value(_ text: String) -> (Double, FigureUnit)? {
        if let number = Double(text), number.isFinite { return (number, .number) }
        for (dimension, unit) in [(Dimension.duration, FigureUnit.duration), (.size, .bytes)] {
            if case .success(let value) = dimension.parse(text) { return (Double(value), unit) }
        }
        if case .success(let rate) = EventRate.parse(text) { return (rate, .rate) }
        return nil
    }
}

extension FigureUnit {
    fileprivate var remedy: String {
        switch self {
        case .duration: "a duration such as \"< 150ms\""
        case .bytes: "a size such as \"< 20kB\""
        case .energy: "a number of joules such as \"< 0.5\""
        case .rate: "a rate such as \"> 20/s\""
        case .number: "a number such as \"> 0.9\""
        }
    }
}
