extension SummaryValue {
    enum Lookup: Equatable {
        case number(Double)
        /// The figure exists but this run has no value for it.
        case absent
        /// What would hold the figure is null.
        case nowhere
        case notNumeric
        case unknown
    }

    /// Looks up a dotted path such as `latency.p99` or `groups.phones.accuracy.issued`.
    ///
    /// An element of a list is named by its `name`, which may itself hold dots, or by its index. `accuracy`
    /// alone stands for `accuracy.completed`; true and false count as 1 and 0.
    func lookUp(_ path: some StringProtocol) -> Lookup {
        switch self {
        case .object(let members):
            for member in members {
                guard let rest = Self.drop(member.key, from: path) else { continue }
                if member.key == "accuracy", rest.isEmpty, case .object = member.value {
                    return member.value.lookUp("completed")
                }
                return member.value.lookUp(rest)
            }
            return path.isEmpty ? .notNumeric : .unknown
        case .array(let elements):
            return Self.lookUp(path, in: elements)
        case .null where !path.isEmpty: return .nowhere
        case _ where !path.isEmpty: return .unknown
        case .integer(let value): return .number(Double(value))
        case .unsigned(let value): return .number(Double(value))
        case .number(let value): return .number(value)
        case .bool(let value): return .number(value ? 1 : 0)
        case .null: return .absent
        case .string: return .notNumeric
        }
    }

    private static func lookUp(
        _ path: some StringProtocol,
        in elements: [SummaryValue]
    ) -> Lookup {
        guard !path.isEmpty else { return .notNumeric }
        // The longest name wins, so that "edge.1" is not taken for a member of "edge".
        var best: (name: String, value: SummaryValue, rest: String)?
        for (index, element) in elements.enumerated() {
            var names = [String(index)]
            if case .string(let name)? = element["name"] { names.append(name) }
            for name in names where name.count > best?.name.count ?? 0 {
                if let rest = drop(name, from: path) { best = (name, element, rest) }
            }
        }
        guard let best else { return .unknown }
        return best.value.lookUp(best.rest)
    }

    /// What follows `component` and its dot; nil when the path does not begin with it.
    private static func drop(_ component: String, from path: some StringProtocol) -> String? {
        guard path.hasPrefix(component) else { return nil }
        let rest = path.dropFirst(component.count)
        if rest.isEmpty { return "" }
        return rest.first == "." ? String(rest.dropFirst()) : nil
    }
}
