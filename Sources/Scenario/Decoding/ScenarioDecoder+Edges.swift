import SimulationCore

extension ScenarioDecoder {
    func edges(_ field: Field) -> [EdgeGroup]? {
        guard let elements = field.list(of: "edge server groups") else { return nil }
        var names: [(String, Field)] = []
        var groups: [EdgeGroup] = []
        for element in elements {
            guard let reader = element.object(.edge) else { continue }
            let name = groupName(reader)
            if let field = reader.member("name"), let name { names.append((name, field)) }
            if let group = edge(reader, name) { groups.append(group) }
        }
        checkUnique(names)
        let total = groups.reduce(0) { $0 + $1.count }
        if total > Self.mostEdges {
            field.fail("\(total) edge servers are too many", "write at most \(Self.mostEdges)")
        }
        return groups.count == elements.count ? groups : nil
    }

    private func edge(_ reader: ObjectReader, _ name: String?) -> EdgeGroup? {
        let count = reader("count", default: .number("1")).integer(1...Self.mostEdges)
        let hardware = hardware(reader)
        let profile = ownProfile(reader, hardware?.hardware)
        let slots = reader("slots", default: .number("1")).integer(1...1_024)
        let batch = batch(reader("batch", default: .object([])))
        let queueField = reader("queue", default: .number("1024"))
        let queue = queueField.integer(0...10_000_000)
        guard let name, let count, let hardware, let profile, let slots, let batch, let queue
        else { return nil }
        if queue == 0, batch.max > 1, batch.wait > .zero {
            queueField.fail(
                "batches wait for more requests, and none may wait in a queue of 0",
                "write a longer one, or remove the batches' \"wait\""
            )
        }
        return EdgeGroup(
            name: name,
            count: count,
            hardware: hardware.hardware,
            profile: profile.path,
            slots: slots,
            batch: batch,
            queue: queue
        )
    }

    private func ownProfile(
        _ reader: ObjectReader,
        _ hardware: Hardware?
    ) -> (path: String?, Void)? {
        if let field = reader["profile"] {
            if isSynthetic {
                field.fail("synthetic work draws its own durations", "remove it")
                return nil
            }
            return existingFile(field, "a profile made with simcoord profile").map { ($0, ()) }
        }
        guard let hardware, hardware.needsOwnProfile, !isSynthetic else { return (nil, ()) }
        reader.field.fail(
            "\(hardware.name.quoted) batches unlike the profile's host",
            "add \"profile\": \"PATH\", measured on such hardware with simcoord profile"
        )
        return nil
    }

    private func batch(_ field: Field) -> EdgeGroup.Batching? {
        guard let reader = field.object(.batch) else { return nil }
        let max = reader("max", default: .number("1")).integer(1...4_096)
        let wait = reader("wait", default: .string("0s")).duration()
        guard let max, let wait else { return nil }
        return EdgeGroup.Batching(max: max, wait: wait)
    }

    /// Records a problem when requests leave devices and there is nothing to serve them.
    func checkReachability(
        _ root: ObjectReader,
        _ devices: [DeviceGroup]?,
        _ edges: [EdgeGroup]?
    ) {
        guard let edges, edges.isEmpty, let devices,
            let group = devices.first(where: { needsNetwork($0.policy) })
        else { return }
        let field = root.member("edges").flatMap { root.contains("edges") ? $0 : nil } ?? root.field
        field.fail(
            "the devices \(group.name.quoted) send requests, and there is no edge server",
            "add \"edges\": [{ \"name\": \"edge\" }]"
        )
    }
}
