extension ScenarioDecoder {
    /// The keys that say which of a unit's rates an operating point has.
    static let rateKeys = ["level", "levels", "bytes"]

    /// The bundle that `field` names.
    func unit(_ field: Field) -> UnitReference? {
        guard let path = existingFile(field, "a bottleneck bundle") else { return nil }
        switch UnitFile.reference(to: path) {
        case .success(let unit): return unit
        case .failure(let fault):
            field.fail("\(path): \(fault.problem)", fault.remedy)
            return nil
        }
    }

    /// The rates of the operating point, the only one or those that it stands for.
    ///
    /// Nil after a problem.
    func unitPoints(_ reader: ObjectReader) -> (unit: UnitReference, rates: [UnitRate])? {
        let own = reader["unit"]
        guard let (key, choice) = reader.only(of: Self.rateKeys) else { return nil }
        let unit: UnitReference?
        if let own {
            unit = self.unit(own)
        } else if hasModelUnit {
            unit = modelUnit
        } else {
            reader.field.fail(
                "the key \"unit\" is missing",
                "add \"unit\": \"PATH\" here, or once to \"model\""
            )
            return nil
        }
        guard let unit else { return nil }
        switch key {
        case "level": return level(choice, of: unit).map { (unit, [.level($0)]) }
        case "bytes": return choice.integer(1...1 << 30).map { (unit, [.bytes($0)]) }
        default: return levels(choice, of: unit).map { (unit, $0.map(UnitRate.level)) }
        }
    }

    private func level(_ field: Field, of unit: UnitReference) -> Double? {
        let last = unit.levels - 1
        let wanted =
            last == 0
            ? "0: the unit has one level"
            : "a number from 0 to \(last): the unit has \(unit.levels) levels"
        return field.number(0...Double(last), wanted)
    }

    private func levels(_ field: Field, of unit: UnitReference) -> [Double]? {
        if case .string("all") = field.node.value { return (0..<unit.levels).map(Double.init) }
        guard case .array = field.node.value, let elements = field.list(of: "levels") else {
            field.failType("\"all\" or a list of levels")
            return nil
        }
        if elements.isEmpty { field.fail("the list is empty", "name levels, or write \"all\"") }
        var levels: [Double] = []
        for element in elements {
            guard let level = level(element, of: unit) else { continue }
            if levels.contains(level) {
                element.fail("it is listed twice", "remove one")
            } else {
                levels.append(level)
            }
        }
        return levels.count == elements.count && !levels.isEmpty ? levels : nil
    }
}
