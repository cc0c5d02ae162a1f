extension ScenarioDecoder {
    /// Fills the table that policies choose from.
    ///
    /// `"levels"` of a bottleneck unit become an operating point each, `NAME@LEVEL`; `NAME` then stands
    /// for all of them.
    mutating func decodeOperatingPoints(_ field: Field) {
        guard let entries = field.named("operating points") else { return }
        if entries.isEmpty {
            field.fail(
                "there is no operating point",
                "add one, such as \"local\": { \"local\": {} }"
            )
        }
        var explanation: [JSONValue.Member] = []
        for (name, field) in entries {
            let first = operatingPointNames.count
            guard let reader = field.object(.operatingPoint) else {
                add(name, nil, field)
                continue
            }
            if reader.contains("levels") {
                addLevels(name, reader)
                explanation += operatingPoints[first...].compactMap { $0?.explanation }
            } else {
                add(name, kind(reader), field)
                explanation.append(.standard(name, field.explanation))
            }
        }
        if operatingPoints.count > Self.mostOperatingPoints {
            field.fail(
                "\(operatingPoints.count) operating points are too many",
                "write at most \(Self.mostOperatingPoints)"
            )
        }
        field.replacement = .object(explanation)
    }

    private mutating func addLevels(_ name: String, _ reader: ObjectReader) {
        let first = operatingPointNames.count
        checkNew(name, reader.field)
        guard let (unit, rates) = points(reader) else {
            operatingPointNames.append(name)
            operatingPoints.append(nil)
            faultyGroups.append(name)
            return
        }
        for case .level(let level) in rates {
            let rate = UnitRate.level(level)
            add("\(name)@\(UnitRate.text(level))", .unit(unit, rate), reader.field)
        }
        operatingPointGroups[name] = Array(first..<operatingPointNames.count)
    }

    private mutating func add(_ name: String, _ kind: OperatingPoint.Kind?, _ field: Field) {
        checkNew(name, field)
        operatingPointNames.append(name)
        operatingPoints.append(kind.map { OperatingPoint(name: name, kind: $0) })
    }

    private func checkNew(_ name: String, _ field: Field) {
        if operatingPointNames.contains(name) || operatingPointGroups[name] != nil {
            field.fail("\(name.quoted) is already the name of another", "choose a new name")
        }
    }

    private func kind(_ reader: ObjectReader) -> OperatingPoint.Kind? {
        if (Self.rateKeys + ["unit"]).contains(where: reader.contains) {
            return points(reader).map { .unit($0.unit, $0.rates[0]) }
        }
        guard let (key, choice) = reader.only(of: Self.kindKeys) else { return nil }
        let bits = reader["bits"]
        if key != "split" { bits?.fail("only a split tensor has bits", "remove it") }
        switch key {
        case "local": return choice.object(.nothing).map { _ in .local }
        case "raw": return choice.object(.nothing).map { _ in .raw }
        case "png": return choice.object(.nothing).map { _ in .png }
        case "jpeg": return choice.integer(1...100).map(OperatingPoint.Kind.jpeg(quality:))
        case "webp": return choice.integer(1...100).map(OperatingPoint.Kind.webp(quality:))
        default:
            let tensor = tensor(choice)
            guard let bits else { return tensor.map(OperatingPoint.Kind.splitFloat(tensor:)) }
            guard let count = bits.integer(2...8), let tensor else { return nil }
            return .splitQuantized(tensor: tensor, bits: count)
        }
    }

    private static let kindKeys = ["local", "raw", "png", "jpeg", "webp", "split"]

    /// A unit's rates, which exclude every other kind of operating point.
    private func points(_ reader: ObjectReader) -> (unit: UnitReference, rates: [UnitRate])? {
        for key in Self.kindKeys + ["bits"] {
            reader[key]?.fail("a bottleneck unit has no \(key.quoted)", "remove one of the two")
        }
        return unitPoints(reader)
    }

    private func tensor(_ field: Field) -> String? {
        let what = "the name of a split point (simcoord splits MODEL lists them)"
        guard let name = field.string(what) else { return nil }
        if !name.isEmpty { return name }
        field.fail("the name is empty", "write \(what)")
        return nil
    }
}

extension OperatingPoint {
    /// Whether its coder is fitted to calibration samples.
    package var isQuantized: Bool {
        if case .splitQuantized = kind { return true }
        return false
    }

    /// A unit's level as the scenario could have had it.
    fileprivate var explanation: JSONValue.Member? {
        guard case .unit(let unit, .level(let level)) = kind else { return nil }
        let value = JSONValue.standard([
            "unit": .string(unit.path), "level": .number(UnitRate.text(level)),
        ])
        return .standard(name, value)
    }
}

extension JSONValue.Member {
    fileprivate static func standard(_ key: String, _ value: JSONValue) -> Self {
        Self(key: key, location: .standard, node: JSONNode(location: .standard, value: value))
    }
}
