extension ScenarioDecoder {
    /// The policy as written, else the only operating point.
    func policy(_ reader: ObjectReader) -> DeviceGroup.Policy? {
        guard let field = reader["policy"] else { return standardPolicy(reader) }
        guard case .object = field.node.value else { return point(field).map { .fixed($0) } }
        guard let (key, choice) = field.choice(.policy) else { return nil }
        if key == "fixed" { return point(choice).map { .fixed($0) } }
        guard let points = points(choice) else { return nil }
        if key != "fastest", !reader.contains("deadline") {
            reader.field.fail(
                "the policy \(key.quoted) needs a deadline",
                "add \"deadline\": \"200ms\""
            )
        }
        switch key {
        case "deadline": return .deadline(points)
        case "fastest": return .fastest(points)
        default: return .oracle(points)
        }
    }

    private func standardPolicy(_ reader: ObjectReader) -> DeviceGroup.Policy? {
        switch operatingPointNames.count {
        // Their absence has been reported.
        case 0: return nil
        case 1:
            _ = reader("policy", default: .string(operatingPointNames[0]))
            return .fixed(0)
        default:
            reader.field.fail(
                "there are several operating points, and no policy",
                "add \"policy\": \(operatingPointNames[0].quoted), or another one"
            )
            return nil
        }
    }

    private func point(_ field: Field) -> Int? {
        // Without a table, its absence has been reported.
        if operatingPointNames.isEmpty { return nil }
        if let members = group(field) {
            guard members.count > 1 else {
                field.replacement = .string(operatingPointNames[members[0]])
                return members[0]
            }
            field.fail(
                "it stands for \(members.count) operating points",
                "write one of them, such as \(operatingPointNames[members[0]].quoted), "
                    + "or a policy that chooses"
            )
            return nil
        }
        // Of levels that could not be read, the problem has been reported.
        if case .string(let name) = field.node.value,
            faultyGroups.contains(where: { name.hasPrefix($0 + "@") })
        {
            return nil
        }
        return field.reference(to: "an operating point", in: operatingPointNames)
    }

    /// The operating points of a name that stands for several.
    private func group(_ field: Field) -> [Int]? {
        guard case .string(let name) = field.node.value else { return nil }
        return operatingPointGroups[name]
    }

    private func points(_ field: Field) -> [Int]? {
        guard let elements = field.list(of: "operating points") else { return nil }
        if elements.isEmpty { field.fail("the list is empty", "name operating points") }
        var points: [Int] = []
        var isWhole = true
        for element in elements {
            guard let named = group(element) ?? point(element).map({ [$0] }) else {
                isWhole = false
                continue
            }
            if named.contains(where: points.contains) {
                element.fail("it is listed twice", "remove one")
            }
            points += named
        }
        field.replacement = .array(
            points.map { .init(location: .standard, value: .string(operatingPointNames[$0])) }
        )
        return isWhole && !points.isEmpty ? points : nil
    }
}
