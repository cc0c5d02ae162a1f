import Links
import SimulationCore

extension ScenarioDecoder {
    mutating func devices(_ field: Field) -> [DeviceGroup]? {
        guard let elements = field.list(of: "device groups") else { return nil }
        if elements.isEmpty { field.fail("there are no devices", "add a device group") }
        var names: [(String, Field)] = []
        var groups: [DeviceGroup] = []
        for element in elements {
            guard let reader = element.object(.device) else { continue }
            let group = device(reader)
            if let field = reader.member("name"), let name = group.name {
                names.append((name, field))
            }
            if let group = group.value { groups.append(group) }
        }
        checkUnique(names)
        checkSize(field, groups)
        return groups.count == elements.count ? groups : nil
    }

    private func checkSize(_ field: Field, _ groups: [DeviceGroup]) {
        let total = groups.reduce(0) { $0 + $1.count }
        if total > Self.mostDevices {
            field.fail("\(total) devices are too many", "write at most \(Self.mostDevices)")
        }
        if groups.count > Self.mostDeviceGroups {
            field.fail(
                "\(groups.count) device groups are too many",
                "write at most \(Self.mostDeviceGroups)"
            )
        } else if let largest = groups.map(\.count).max() {
            // Each has its part of 2^32 random streams.
            let parts =
                groups.count == 1 ? 0 : Int.bitWidth - (groups.count - 1).leadingZeroBitCount
            let most = 1 << (UInt32.bitWidth - parts)
            if largest > most {
                field.fail(
                    "a group of \(largest) devices is too large for one of \(groups.count) groups",
                    "write at most \(most), or fewer groups"
                )
            }
        }
    }

    private func device(_ reader: ObjectReader) -> (name: String?, value: DeviceGroup?) {
        let name = groupName(reader)
        let count = reader("count", default: .number("1")).integer(1...Self.mostDevices)
        let hardware = hardware(reader)
        if let (hardware, field) = hardware, hardware.needsOwnProfile, !isSynthetic {
            field.fail(
                "\(hardware.name.quoted) needs a profile of its own, which devices cannot have",
                "write another hardware class"
            )
        }
        let link = reader["link"].map { $0.reference(to: "a link", in: linkNames) }
        let arrivals = reader["arrivals"].flatMap(arrivals)
        let deadline = reader["deadline"].map { $0.duration(positive: true) }
        let timeout = reader["timeout"].map { $0.duration(positive: true) }
        let queue = reader("queue", default: .number("64")).integer(0...1_000_000)
        let policy = policy(reader)
        if link == nil, let policy, needsNetwork(policy) {
            reader.field.fail(
                "the policy may send requests, and no link is named",
                linkRemedy
            )
        }
        if let policy, needsNetwork(policy) { checkTimeout(reader, arrivals, link ?? nil) }
        guard let name, let count, let hardware, link == nil || link != .some(.none), let arrivals,
            let queue, let policy
        else { return (name, nil) }
        let group = DeviceGroup(
            name: name,
            count: count,
            hardware: hardware.hardware,
            link: link ?? nil,
            arrivals: arrivals,
            deadline: deadline ?? nil,
            timeout: timeout ?? nil,
            queue: queue,
            policy: policy
        )
        return (name, group)
    }

    func groupName(_ reader: ObjectReader) -> String? {
        guard let field = reader["name"], let name = field.string("a name") else { return nil }
        field.checkName(name)
        return name
    }

    private var linkRemedy: String {
        linkNames.isEmpty
            ? "define one under \"links\" and add \"link\": \"NAME\""
            : "add \"link\": \(linkNames[0].quoted)"
    }

    /// Whether a policy may choose a point that leaves the device.
    func needsNetwork(_ policy: DeviceGroup.Policy) -> Bool {
        policy.operatingPoints.contains { operatingPoints[$0]?.isOffloaded ?? false }
    }

    /// A lost message would keep its place in the loop for ever.
    private func checkTimeout(
        _ reader: ObjectReader,
        _ arrivals: DeviceGroup.Arrivals?,
        _ link: Int?
    ) {
        guard case .closed = arrivals, !reader.contains("timeout"), let link,
            let path = links[link],
            path.uplink.loss != .none || path.downlink.loss != .none
        else { return }
        reader.field.fail(
            "a closed loop on the lossy link \(path.name.quoted) needs a time-out",
            "add \"timeout\": \"2s\""
        )
    }
}
