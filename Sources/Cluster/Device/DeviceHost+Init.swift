import BasicContainers
package import Links
package import Scenario
import SimulationCore

extension DeviceHost {
    /// Idle devices.
    ///
    /// - Parameters:
    ///   - scenario: describes all devices.
    ///   - range: the devices to host, out of all groups' in order.
    ///   - outcomes: labels, and what policies may know in advance.
    ///   - resultBytes: size of a result on the downlink.
    package init(
        scenario: Scenario,
        range: Range<UInt32>,
        outcomes: OutcomeTable,
        resultBytes: Int
    ) {
        self.range = range
        self.seed = scenario.seed
        self.issueEnd = .start + scenario.duration
        self.outcomes = outcomes
        self.resultBytes = resultBytes
        self.offloads = scenario.operatingPoints.map(\.isOffloaded)
        self.facts = scenario.operatingPoints.indices.map { outcomes.facts(of: $0) }
        let streams = DeviceStreams(scenario.devices)
        self.streams = streams
        var first: UInt32 = 0
        var groups: [Group] = []
        var devices = UniqueArray<Device>(minimumCapacity: range.count)
        for (index, specification) in scenario.devices.enumerated() {
            let numbers = first..<first + UInt32(specification.count)
            groups.append(
                Group(
                    specification: specification,
                    arrivals: ArrivalProcess(
                        group: specification,
                        streams: streams[first]..<streams[first] + UInt32(specification.count),
                        seed: scenario.seed,
                        until: .start + scenario.duration
                    ),
                    link: specification.link.map { UInt16($0) } ?? EdgeTask.noLink,
                    hasPrivateLinks: specification.link.map { !scenario.links[$0].isShared }
                        ?? false,
                    isAdaptive: specification.policy.isAdaptive
                )
            )
            let hosted = numbers.clamped(to: range).count
            for _ in 0..<hosted { devices.append(Device(group: UInt16(index))) }
            first = numbers.upperBound
        }
        self.groups = groups
        self.abandonedNanojoules = Array(repeating: 0, count: groups.count)
        self.devices = devices
        let isAdaptive = scenario.devices.contains { $0.policy.isAdaptive }
        self.observations =
            isAdaptive
            ? UniqueArray(repeating: LinkObservation(points: facts.count), count: range.count)
            : UniqueArray()
        self.uplinks = LinkBank(links: Self.links(scenario, range: range, .uplink, streams))
        self.downlinks = LinkBank(links: Self.links(scenario, range: range, .downlink, streams))
    }

    /// One link a device; none at all when every path is shared.
    private static func links(
        _ scenario: Scenario,
        range: Range<UInt32>,
        _ direction: LinkDirection,
        _ streams: DeviceStreams
    ) -> UniqueArray<Link> {
        let models = scenario.links.map { path in
            path.model(direction, seed: scenario.seed)
        }
        let isPrivate = scenario.devices.map { group in
            group.link.map { !scenario.links[$0].isShared } ?? false
        }
        guard isPrivate.contains(true) else { return UniqueArray() }
        let idle = LinkModel(
            LinkSpecification(capacity: .constant(bitsPerSecond: 1)),
            direction: direction,
            seed: scenario.seed
        )
        var links = UniqueArray<Link>(minimumCapacity: range.count)
        var first: UInt32 = 0
        for (index, group) in scenario.devices.enumerated() {
            let numbers = first..<first + UInt32(group.count)
            let path = isPrivate[index] ? group.link : nil
            let model = path.map { models[$0] } ?? idle
            for device in numbers.clamped(to: range) {
                let stream = streams[device]
                let offset = model.specification.resolvedOffset(seed: scenario.seed, device: stream)
                links.append(Link(model: model, identity: stream, offset: offset))
            }
            first = numbers.upperBound
        }
        return links
    }
}

extension LinkPath {
    /// The link in one direction.
    package func specification(_ direction: LinkDirection) -> LinkSpecification {
        direction == .uplink ? uplink : downlink
    }

    /// What the links of one direction have in common.
    package func model(_ direction: LinkDirection, seed: UInt64) -> LinkModel {
        var tcp: TCPSpecification?
        if case .tcp(let options) = transport {
            let back = specification(direction == .uplink ? .downlink : .uplink)
            tcp = TCPSpecification(options, returnDelay: back.delay)
        }
        return LinkModel(specification(direction), direction: direction, seed: seed, tcp: tcp)
    }
}

extension DeviceGroup.Policy {
    /// Whether what a device observes matters to it.
    package var isAdaptive: Bool {
        if case .fixed = self { false } else { true }
    }
}
