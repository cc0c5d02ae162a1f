import Links
import SimulationCore

extension ScenarioDecoder {
    func arrivals(_ field: Field) -> DeviceGroup.Arrivals? {
        guard let (key, choice) = field.choice(.arrivals) else { return nil }
        switch key {
        case "poisson":
            return choice.object(.poisson)?["rate"].flatMap(rate)
                .map(DeviceGroup.Arrivals.poisson(rate:))
        case "periodic": return periodic(choice)
        case "closed": return closed(choice)
        case "timestamps": return timestamps(choice).map(DeviceGroup.Arrivals.trace)
        default: return counts(choice).map(DeviceGroup.Arrivals.trace)
        }
    }

    private func periodic(_ field: Field) -> DeviceGroup.Arrivals? {
        guard let reader = field.object(.periodic) else { return nil }
        let period = reader.only(of: ["period", "rate"]).flatMap { key, field in
            key == "period"
                ? field.duration(positive: true).map { Double($0.nanoseconds) }
                : rate(field).map { 1e9 / $0 }
        }
        let jitter = reader("jitter", default: .string("0s")).duration()
        let phaseField = reader("phase", default: .string("random"))
        let isRandom = if case .string("random") = phaseField.node.value { true } else { false }
        let phase = isRandom ? nil : phaseField.duration()
        guard let period, let jitter, isRandom || phase != nil else { return nil }
        return .periodic(period: period, jitter: jitter, phase: phase)
    }

    /// Requests a second, of which the mean time between two is a duration.
    private func rate(_ field: Field) -> Double? {
        guard let rate = field.eventRate() else { return nil }
        guard 1...Double(Field.longestDuration) ~= (1e9 / rate).rounded() else {
            field.fail("the rate is out of range", "write a rate from 1/h to 1000000/s")
            return nil
        }
        return rate
    }

    private func closed(_ field: Field) -> DeviceGroup.Arrivals? {
        guard let reader = field.object(.closed) else { return nil }
        let concurrency = reader("concurrency", default: .number("1")).integer(1...10_000)
        let thinkField = reader("think", default: .string("0s"))
        let think: DurationDistribution?
        if case .object = thinkField.node.value {
            think = distribution(thinkField)
        } else {
            think = thinkField.duration().map(DurationDistribution.constant)
        }
        guard let concurrency, let think else { return nil }
        return .closed(concurrency: concurrency, think: think)
    }
}
