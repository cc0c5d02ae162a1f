extension ScenarioDecoder {
    /// Fills the table that policies choose from.
    mutating func decodeOperatingPoints(_ field: Field) {
        guard let entries = field.named("operating points") else { return }
        if entries.isEmpty {
            field.fail(
                "there is no operating point",
                "add one, such as \"local\": { \"local\": {} }"
            )
        }
        for (name, field) in entries {
            operatingPointNames.append(name)
            operatingPoints.append(kind(field).map { OperatingPoint(name: name, kind: $0) })
        }
    }

    private func kind(_ field: Field) -> OperatingPoint.Kind? {
        guard let reader = field.object(.operatingPoint),
            let (key, choice) = reader.only(of: ["local", "raw", "png", "jpeg", "webp", "split"])
        else { return nil }
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
}
