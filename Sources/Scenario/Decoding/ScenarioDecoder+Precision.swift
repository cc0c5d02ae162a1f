extension ScenarioDecoder {
    func precision(_ field: Field, groups: [DeviceGroup]?) -> Precision? {
        guard let reader = field.object(.precision) else { return nil }
        let metric = reader["metric"].flatMap { self.metric($0, groups: groups) }
        let relative = reader["relative"]?.number(0.0001...1, "a share from 0.0001 to 1")
        let confidence = reader("confidence", default: .number("\(Precision.standardConfidence)"))
            .number(0.5...0.999_999, "a probability from 0.5 to 0.999999")
        guard let metric, let relative, let confidence else { return nil }
        return Precision(
            metric: metric.path,
            group: metric.group,
            figure: metric.figure,
            relative: relative,
            confidence: confidence
        )
    }

    /// `latency.FIGURE` or `groups.NAME.latency.FIGURE`; the name may hold dots.
    private func metric(
        _ field: Field,
        groups: [DeviceGroup]?
    ) -> (path: String, group: Int?, figure: Precision.Figure)? {
        let example = "a path such as \"latency.p99\" or \"groups.phones.latency.mean\""
        guard let path = field.string(example) else { return nil }
        let steps = path.split(separator: ".", omittingEmptySubsequences: false)
        let names = Precision.Figure.allCases.map(\.rawValue)
        guard steps.count >= 2, steps[steps.count - 2] == "latency",
            let figure = Precision.Figure(rawValue: String(steps[steps.count - 1]))
        else {
            let list = names.map { "latency.\($0)" }
            field.fail(
                "\(path.quoted) has no interval",
                Suggestion.remedy(for: path, among: list)
            )
            return nil
        }
        if steps.count == 2 { return (path, nil, figure) }
        let name = steps.dropFirst().dropLast(2).joined(separator: ".")
        guard steps[0] == "groups", !name.isEmpty else {
            field.fail("\(path.quoted) is no latency of the summary", "write \(example)")
            return nil
        }
        // Faulty groups have a problem of their own.
        guard let groups else { return nil }
        guard let group = groups.firstIndex(where: { $0.name == name }) else {
            field.fail(
                "there is no device group named \(name.quoted)",
                Suggestion.remedy(for: name, among: groups.map(\.name))
            )
            return nil
        }
        return (path, group, figure)
    }
}
