import SimulationCore

extension Field {
    func string(_ what: String) -> String? {
        guard case .string(let text) = node.value else {
            failType(what + quotingRemedy)
            return nil
        }
        return text
    }

    /// How a setting whose value reads as a number, or as true or false, becomes text.
    private var quotingRemedy: String {
        guard case .setting(let text) = node.location else { return "" }
        switch node.value {
        case .number, .boolean:
            let value = node.value.text()
            guard text.hasSuffix("=\(value)") else { return "" }
            let path = text.dropFirst("--set ".count).dropLast(value.count)
            return "; as text it needs quotes: --set '\(path)\(value.quoted)'"
        default: return ""
        }
    }

    func boolean() -> Bool? {
        guard case .boolean(let value) = node.value else {
            failType("true or false")
            return nil
        }
        return value
    }

    /// A whole number in `range`.
    func integer(_ range: ClosedRange<Int>) -> Int? {
        let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard case .number(let text) = node.value else {
            failType(wanted)
            return nil
        }
        guard let digits = WholeNumber.digits(of: text) else {
            fail("\(text) is not a whole number", "write \(wanted)")
            return nil
        }
        if let value = Int(digits), range.contains(value) { return value }
        fail("\(text) is out of range", "write \(wanted)")
        return nil
    }

    /// A number in `range`.
    func number(_ range: ClosedRange<Double>, _ wanted: String) -> Double? {
        guard case .number(let text) = node.value else {
            failType(wanted)
            return nil
        }
        guard let value = Double(text), value.isFinite, range.contains(value) else {
            fail("\(text) is out of range", "write \(wanted)")
            return nil
        }
        return value
    }

    /// One of the names of an enumeration.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ type: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        let names = Choice.allCases.map(\.rawValue)
        let list = names.map(\.quoted).joined(separator: ", ")
        guard case .string(let name) = node.value else {
            failType("one of \(list)")
            return nil
        }
        if let value = Choice(rawValue: name) { return value }
        fail("\(name.quoted) is not known here", Suggestion.remedy(for: name, among: names))
        return nil
    }

    /// The index of a name in `names`.
    func reference(to what: String, in names: [String]) -> Int? {
        guard let name = string("the name of \(what)") else { return nil }
        if let index = names.firstIndex(of: name) { return index }
        fail(
            "there is no \(what.split(separator: " ").dropFirst().joined(separator: " ")) named \(name.quoted)",
            names.isEmpty ? "define it first" : Suggestion.remedy(for: name, among: names)
        )
        return nil
    }
}
