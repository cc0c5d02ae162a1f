import Links
package import Scenario
package import SimulationCore

/// The edge site's front door: owns the balancer and the shared links.
///
/// A pure state machine: the driver calls in with the time, then drains `actions`.
package struct Gateway: Sendable {
    package struct Timer: BitwiseCopyable, Sendable, Equatable {
        package enum Kind: UInt8, BitwiseCopyable, Sendable {
            case uplinkEnded, uplinkArrived, uplinkRejoin
            case downlinkEnded, downlinkArrived, downlinkRejoin
        }

        package var kind: Kind
        package var link: UInt32
        package var handle: RequestHandle
    }

    package enum Action: Sendable {
        case schedule(Timer, at: SimulationTime)
        /// Hand the request to its replica.
        case assign(EdgeTask)
        /// Hand the request back to its device.
        case reply(EdgeTask)
    }

    private var balancer: Balancer
    private let isShared: [Bool]
    private let resultBytes: Int
    private var uplinks: LinkBank
    private var downlinks: LinkBank
    /// Requests on shared links, by our own handle.
    private var onLinks: [EdgeTask?] = []
    private var freeHandles: [RequestHandle] = []
    package var actions: [Action] = []

    package init(scenario: Scenario, resultBytes: Int) {
        let replicas = scenario.edges.reduce(0) { $0 + $1.count }
        self.balancer = Balancer(
            balancing: scenario.balancer,
            replicas: max(replicas, 1),
            seed: scenario.seed
        )
        self.isShared = scenario.links.map(\.isShared)
        self.resultBytes = resultBytes
        self.uplinks = LinkBank(links: Self.links(scenario, .uplink))
        self.downlinks = LinkBank(links: Self.links(scenario, .downlink))
    }

    /// Assigned and unfinished requests, by replica.
    package var outstanding: [Int] { balancer.outstanding }

    /// Whether the gateway owns the links of a request.
    package func usesSharedLink(_ task: EdgeTask) -> Bool {
        task.link != EdgeTask.noLink && isShared[Int(task.link)]
    }

    // MARK: Inputs

    /// A device hands over a coded payload for a shared uplink.
    package mutating func submit(_ task: EdgeTask, at time: SimulationTime) {
        let handle = keep(task)
        let message = message(task, bytes: Int(task.payloadBytes), handle: handle)
        if !uplinks.submit(message, link: UInt32(task.link), at: time) {
            reply(handle, status: .dropped)
        }
        scheduleLinkTimers()
    }

    /// A payload has arrived at the edge site.
    package mutating func arrive(_ task: EdgeTask, at time: SimulationTime) {
        var task = task
        task.arrived = time
        guard let replica = balancer.assign(device: task.device, sequence: task.sequence) else {
            task.status = .failed
            return actions.append(.reply(task))
        }
        task.replica = UInt16(replica)
        actions.append(.assign(task))
    }

    /// A replica has ended and takes no more requests.
    package mutating func remove(replica: Int) { balancer.remove(replica) }

    /// A replica has served, rejected or failed a request.
    package mutating func finish(_ task: EdgeTask, at time: SimulationTime) {
        balancer.finished(on: Int(task.replica))
        guard task.status == .ok, usesSharedLink(task) else {
            return actions.append(.reply(task))
        }
        let handle = keep(task)
        let message = message(task, bytes: resultBytes, handle: handle)
        if !downlinks.submit(message, link: UInt32(task.link), at: time) {
            reply(handle, status: .dropped)
        }
        scheduleLinkTimers()
    }

    /// Brings a timer back.
    package mutating func handle(_ timer: Timer, at time: SimulationTime) {
        switch timer.kind {
        case .uplinkEnded: uplinkEnded(link: timer.link, at: time)
        case .uplinkArrived: arrive(release(timer.handle), at: time)
        case .uplinkRejoin: uplinks.rejoin(timer.handle, link: timer.link, at: time)
        case .downlinkEnded:
            let (transmission, fate) = downlinks.ended(link: timer.link, at: time)
            if fate == .lost { reply(transmission.message.handle, status: .lost) }
        case .downlinkArrived: reply(timer.handle, status: .ok)
        case .downlinkRejoin: downlinks.rejoin(timer.handle, link: timer.link, at: time)
        }
        scheduleLinkTimers()
    }

    // MARK: Shared links

    private mutating func uplinkEnded(link: UInt32, at time: SimulationTime) {
        let (transmission, fate) = uplinks.ended(link: link, at: time)
        let handle = transmission.message.handle
        onLinks[Int(handle)]?.uplinkStart = transmission.start
        guard fate != .waitsToRejoin else { return }
        onLinks[Int(handle)]?.uplinkEnd = transmission.end
        if fate == .lost { reply(handle, status: .lost) }
    }

    private mutating func reply(_ handle: RequestHandle, status: EdgeTask.Status) {
        var task = release(handle)
        task.status = status
        actions.append(.reply(task))
    }

    private func message(_ task: EdgeTask, bytes: Int, handle: RequestHandle) -> LinkMessage {
        LinkMessage(device: task.device, request: task.sequence, bytes: bytes, handle: handle)
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

    private mutating func scheduleLinkTimers() {
        for due in uplinks.timers {
            schedule(due.timer, .uplinkEnded, .uplinkArrived, .uplinkRejoin, at: due.time)
        }
        for due in downlinks.timers {
            schedule(due.timer, .downlinkEnded, .downlinkArrived, .downlinkRejoin, at: due.time)
        }
        if !uplinks.timers.isEmpty { uplinks.timers.removeAll(keepingCapacity: true) }
        if !downlinks.timers.isEmpty { downlinks.timers.removeAll(keepingCapacity: true) }
    }

    private mutating func schedule(
        _ timer: LinkBank.Timer,
        _ ended: Timer.Kind,
        _ arrived: Timer.Kind,
        _ rejoin: Timer.Kind,
        at time: SimulationTime
    ) {
        let timer =
            switch timer {
            case .ended(let link): Timer(kind: ended, link: link, handle: 0)
            case .arrived(let handle):
                Timer(
                    kind: arrived,
                    link: UInt32(onLinks[Int(handle)]?.link ?? 0),
                    handle: handle
                )
            case .rejoin(let link, let handle): Timer(kind: rejoin, link: link, handle: handle)
            }
        actions.append(.schedule(timer, at: time))
    }

    /// One link a path, used where the path is shared.
    private static func links(_ scenario: Scenario, _ direction: LinkDirection) -> [Link] {
        scenario.links.enumerated().map { index, path in
            let specification = path.specification(direction)
            return Link(
                model: LinkModel(specification, direction: direction, seed: scenario.seed),
                identity: UInt32(index),
                offset: specification.resolvedOffset(seed: scenario.seed, device: UInt32(index))
            )
        }
    }
}
