import BasicContainers
import Links
package import Scenario
package import SimulationCore

/// The edge site's front door: owns the balancer and the shared links.
///
/// A pure state machine: the driver calls in with the time, and performs the action that it is given.
package struct Gateway: ~Copyable, Sendable {
    package struct Timer: BitwiseCopyable, Sendable, Equatable {
        package enum Kind: UInt8, BitwiseCopyable, Sendable {
            case uplinkArrived, uplinkRejoin, uplinkLost
            case downlinkArrived, downlinkRejoin, downlinkLost
        }

        package var kind: Kind
        package var link: UInt32
        package var handle: RequestHandle
    }

    package enum Action: BitwiseCopyable, Sendable {
        case schedule(Timer, at: SimulationTime)
        /// Hand the request to its replica.
        case assign(EdgeTask)
        /// Hand the request back to its device.
        case reply(EdgeTask)
    }

    private var balancer: Balancer
    private let isShared: [Bool]
    private let resultBytes: Int
    private let streams: DeviceStreams
    private var uplinks: LinkBank
    private var downlinks: LinkBank
    /// Requests on shared links, by our own handle.
    private var onLinks: [EdgeTask?] = []
    private var freeHandles: [RequestHandle] = []

    package init(scenario: Scenario, resultBytes: Int) {
        let replicas = scenario.edges.reduce(0) { $0 + $1.count }
        self.streams = DeviceStreams(scenario.devices)
        self.balancer = Balancer(
            balancing: scenario.balancer,
            replicas: max(replicas, 1),
            seed: scenario.seed,
            streams: streams
        )
        self.isShared = scenario.links.map(\.isShared)
        self.resultBytes = resultBytes
        self.uplinks = LinkBank(links: Self.links(scenario, .uplink))
        self.downlinks = LinkBank(links: Self.links(scenario, .downlink))
    }

    /// Assigned and unfinished requests, by replica.
    package var outstanding: [Int] { balancer.outstanding }

    /// The request that a timer which has been scheduled, and has not come back, is about.
    package func task(of timer: Timer) -> EdgeTask? { onLinks[Int(timer.handle)] }

    /// Whether the gateway owns the links of a request.
    package func usesSharedLink(_ task: EdgeTask) -> Bool {
        task.link != EdgeTask.noLink && isShared[Int(task.link)]
    }

    // MARK: Inputs

    /// A device hands over a coded payload for a shared uplink.
    package mutating func submit(_ task: EdgeTask, at time: SimulationTime) -> Action {
        let handle = keep(task)
        let message = message(task, bytes: Int(task.payloadBytes))
        let link = UInt32(task.link)
        guard let transmission = uplinks.submit(message, of: handle, link: link, at: time) else {
            return reply(handle, status: .dropped)
        }
        onLinks[Int(handle)]?.uplinkStart = transmission.start
        return followUplink(transmission, of: handle, link: link)
    }

    /// A payload has arrived at the edge site.
    package mutating func arrive(_ task: EdgeTask, at time: SimulationTime) -> Action {
        var task = task
        task.arrived = time
        guard let replica = balancer.assign(device: task.device, sequence: task.sequence) else {
            task.status = .failed
            return .reply(task)
        }
        task.replica = UInt16(replica)
        return .assign(task)
    }

    /// A replica has ended and takes no more requests.
    package mutating func remove(replica: Int) { balancer.remove(replica) }

    /// A replica has served, rejected or failed a request.
    package mutating func finish(_ task: EdgeTask, at time: SimulationTime) -> Action {
        balancer.finished(on: Int(task.replica))
        guard task.status == .ok, usesSharedLink(task) else { return .reply(task) }
        let handle = keep(task)
        let message = message(task, bytes: resultBytes)
        let link = UInt32(task.link)
        guard let transmission = downlinks.submit(message, of: handle, link: link, at: time) else {
            return reply(handle, status: .dropped)
        }
        return followDownlink(transmission, of: handle, link: link)
    }

    /// Brings a timer back.
    package mutating func handle(_ timer: Timer, at time: SimulationTime) -> Action {
        let (handle, link) = (timer.handle, timer.link)
        switch timer.kind {
        case .uplinkArrived: return arrive(release(handle), at: time)
        case .uplinkRejoin:
            let transmission = uplinks.rejoin(handle, link: link, at: time)
            onLinks[Int(handle)]?.wait(until: transmission.start)
            return followUplink(transmission, of: handle, link: link)
        case .downlinkArrived: return reply(handle, status: .ok)
        case .downlinkRejoin:
            let transmission = downlinks.rejoin(handle, link: link, at: time)
            return followDownlink(transmission, of: handle, link: link)
        case .uplinkLost, .downlinkLost: return reply(handle, status: .lost)
        }
    }

    // MARK: Shared links

    private mutating func followUplink(
        _ transmission: Transmission,
        of handle: RequestHandle,
        link: UInt32
    ) -> Action {
        onLinks[Int(handle)]?.uplinkEnd = transmission.end
        let (kind, time) = transmission.next(
            arrived: Timer.Kind.uplinkArrived,
            rejoin: .uplinkRejoin,
            lost: .uplinkLost
        )
        return .schedule(Timer(kind: kind, link: link, handle: handle), at: time)
    }

    private func followDownlink(
        _ transmission: Transmission,
        of handle: RequestHandle,
        link: UInt32
    ) -> Action {
        let (kind, time) = transmission.next(
            arrived: Timer.Kind.downlinkArrived,
            rejoin: .downlinkRejoin,
            lost: .downlinkLost
        )
        return .schedule(Timer(kind: kind, link: link, handle: handle), at: time)
    }

    private mutating func reply(_ handle: RequestHandle, status: EdgeTask.Status) -> Action {
        var task = release(handle)
        task.status = status
        return .reply(task)
    }

    private func message(_ task: EdgeTask, bytes: Int) -> LinkMessage {
        LinkMessage(device: streams[task.device], request: task.sequence, bytes: bytes)
    }

    private mutating func keep(_ task: EdgeTask) -> RequestHandle {
        if let handle = freeHandles.popLast() {
            onLinks[Int(handle)] = task
            return handle
        }
        onLinks.append(task)
        return RequestHandle(onLinks.count - 1)
    }

    private mutating func release(_ handle: RequestHandle) -> EdgeTask {
        guard let task = onLinks[Int(handle)] else {
            preconditionFailure("a shared link named a request that is not on it")
        }
        onLinks[Int(handle)] = nil
        freeHandles.append(handle)
        return task
    }

    /// One link a path, used where the path is shared.
    private static func links(
        _ scenario: Scenario,
        _ direction: LinkDirection
    ) -> UniqueArray<Link> {
        var links = UniqueArray<Link>(minimumCapacity: scenario.links.count)
        for (index, path) in scenario.links.enumerated() {
            let specification = path.specification(direction)
            // Devices' links have low numbers of the same draws.
            let number = ~UInt32(index)
            links.append(
                Link(
                    model: LinkModel(specification, direction: direction, seed: scenario.seed),
                    identity: number,
                    offset: specification.resolvedOffset(seed: scenario.seed, device: number)
                )
            )
        }
        return links
    }
}
