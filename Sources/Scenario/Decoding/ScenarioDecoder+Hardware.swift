extension ScenarioDecoder {
    /// The scenario's own hardware classes.
    func customHardware(_ field: Field) -> [Hardware] {
        let entries = field.named("hardware classes") ?? []
        return entries.compactMap { name, field in
            if Hardware.catalog.contains(where: { $0.name == name }) {
                field.fail("\(name.quoted) is in the catalog already", "choose a new name")
                return nil
            }
            guard let reader = field.object(.hardware) else { return nil }
            let factors = reader["factors"].flatMap(factors)
            let power = reader["power"].flatMap(power)
            let source = reader("source", default: .string("stated in the scenario"))
                .string("where the figures come from")
            let isOwn = reader("needsOwnProfile", default: .boolean(false)).boolean()
            // A class with a fault keeps its name, so that its users are not reported, too.
            return Hardware(
                name: name,
                factors: factors ?? Hardware.host.factors,
                power: power ?? Hardware.host.power,
                source: source ?? "",
                needsOwnProfile: isOwn ?? false
            )
        }
    }

    private func factors(_ field: Field) -> Hardware.Factors? {
        guard let reader = field.object(.factors) else { return nil }
        let range = 1e-6...1e6
        let inference = reader["inference"]?.number(range, "a number from 0.000001 to 1000000")
        let coding = reader["coding"]?.number(range, "a number from 0.000001 to 1000000")
        guard let inference, let coding else { return nil }
        return Hardware.Factors(inference: inference, coding: coding)
    }

    private func power(_ field: Field) -> Hardware.Power? {
        guard let reader = field.object(.power) else { return nil }
        let watts = ["idle", "compute", "transmit"].map { key in
            reader[key]?.number(0...1e6, "watts from 0 to 1000000")
        }
        guard let idle = watts[0], let compute = watts[1], let transmit = watts[2] else {
            return nil
        }
        return Hardware.Power(idle: idle, compute: compute, transmit: transmit)
    }

    /// The class that a group names.
    func hardware(_ reader: ObjectReader) -> (hardware: Hardware, field: Field)? {
        let field = reader("hardware", default: .string("host"))
        return field.reference(to: "a hardware class", in: hardware.map(\.name))
            .map { (hardware[$0], field) }
    }
}
