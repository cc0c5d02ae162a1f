import Cluster
import FoundationEssentials
import Links
import Messaging
import Scenario
import SimulationCore

/// The edge site's front door in real time: the balancer and the shared links, between device hosts
/// (and devices outside simcoord) and replicas.
final class GatewayRole: WorkerRole {
    enum Event: BitwiseCopyable {
        case timer(Gateway.Timer)
        /// A request comes to its shared uplink.
        case submit(RequestHandle)
        /// A request has come over its private uplink.
        case arrive(RequestHandle)
        /// A replica has served a request; `ticket` tells it from a later one with its handle.
        case finish(RequestHandle, ticket: UInt32)
    }

    /// A request that the gateway has not answered yet.
    struct Entry {
        let peer: [UInt8]
        /// The sender's mark.
        let handle: RequestHandle
        let ticket: UInt32
        var task: EdgeTask
        /// The request's until a replica has it, then the reply's.
        var payload: [UInt8]?
        /// Whether a replica has it, by the run's time.
        var isAssigned = false
        /// What the replica has made of it, which may be known before its time.
        var answer: EdgeTask?
        var margin: Float = 0
        var text = ""
        /// Whether the reply has been sent, before its time.
        var isReplied = false
    }

    /// Who is on the other side of the devices' socket.
    enum Peer {
        case host
        /// A device outside simcoord, with the number that it was given.
        case foreign(device: UInt32)
    }

    unowned let worker: WorkerProcess
    var context: WallContext?
    var gateway: Gateway?
    var report = GatewayReport()
    var peers: [[UInt8]: Peer] = [:]
    /// Devices outside simcoord that have said hello.
    var foreigners: UInt32 = 0
    var devices: Channel?
    var replicas: Channel?
    /// Routing ids by replica; nil for one that is not there.
    var replicaPeers: [[UInt8]?] = []
    var entries = HandleTable<Entry>()
    private var freeHandles: [RequestHandle] = []
    private var nextTicket: UInt32 = 0
    private(set) lazy var timeline = WallTimeline<Event>(worker.loop) {
        [unowned self] event, planned, _ in try handle(event, at: planned)
    }
    /// What comes to the shared uplinks, which is in order here however long it took through the sockets.
    private(set) lazy var uplinkTimeline = WallTimeline<Event>(worker.loop) {
        [unowned self] event, planned, _ in try handle(event, at: planned)
    }

    init(_ worker: WorkerProcess) { self.worker = worker }

    func configure(_ configuration: WireConfiguration) throws {
        let context = try WallContext(configuration)
        self.context = context
        gateway = Gateway(scenario: context.scenario, resultBytes: context.resultBytes)
        replicaPeers = context.scenario.replicaNames.map { _ in nil }
        let front = try Socket(worker.context, .router)
        let back = try Socket(worker.context, .router)
        let endpoints = [
            "devices": try front.bind("tcp://127.0.0.1:*"),
            "replicas": try back.bind("tcp://127.0.0.1:*"),
        ]
        devices = try worker.loop.attach(front) { [unowned self] in try receiveFromDevice($0) }
        replicas = try worker.loop.attach(back) { [unowned self] in try receiveFromReplica($0) }
        try worker.ready(endpoints: endpoints)
    }

    func start(epoch: Int64) throws {
        guard let context else { return }
        let clock = RunClock(epoch: epoch, dilation: context.dilation)
        timeline.start(clock)
        uplinkTimeline.start(clock, lag: lag(context))
    }

    /// How long messages are held back before shared uplinks, in real nanoseconds: they do not arrive
    /// before the uplink's delay is over, so that half of it can be waited.
    private func lag(_ context: WallContext) -> Int64 {
        let delays = context.scenario.links.filter(\.isShared).map {
            $0.specification(.uplink).delay.shortest.nanoseconds
        }
        let half = Double(delays.min() ?? 0) * context.dilation / 2
        return Int64(min(Double(WallTimeline<Event>.longestLag), half))
    }

    func stop() throws {
        report.timers = timeline.pacing
        report.timers.add(uplinkTimeline.pacing)
        try worker.report([UInt8](JSONEncoder().encode(report)), isLast: true)
    }

    /// A replica has ended: what it had has failed.
    func peerEnded(_ peer: WirePeerEnded) throws {
        let replica = Int(peer.index)
        guard peer.role == WorkerRoles.replica, replica < replicaPeers.count else { return }
        replicaPeers[replica] = nil
        gateway?.remove(replica: replica)
        try timeline.receive { time in
            for handle in 0..<entries.bound {
                guard let entry = entries[handle], entry.isAssigned,
                    Int(entry.task.replica) == replica
                else { continue }
                try fail(handle, "its edge server has ended", at: time)
            }
        }
    }

    // MARK: Open requests

    /// Takes a request on.
    ///
    /// - Returns: its task, with our own handle.
    func insert(_ make: (RequestHandle, _ ticket: UInt32) -> Entry) -> EdgeTask {
        let handle = freeHandles.popLast() ?? entries.bound
        nextTicket &+= 1
        let entry = make(handle, nextTicket)
        entries[handle] = entry
        worker.statistics.pending += 1
        return entry.task
    }

    private func remove(_ handle: RequestHandle) {
        guard entries.removeValue(for: handle) != nil else { return }
        freeHandles.append(handle)
        worker.statistics.pending -= 1
        worker.statistics.completed += 1
    }

    /// A request that was assigned has ended without being served.
    private func fail(_ handle: RequestHandle, _ text: String, at time: SimulationTime) throws {
        guard var task = entries[handle]?.task else { return }
        entries[handle]?.text = text
        entries[handle]?.isAssigned = false
        task.status = .failed
        try perform(gateway?.finish(task, at: time), at: time)
    }

    // MARK: Events

    private func handle(_ event: Event, at time: SimulationTime) throws {
        switch event {
        case .timer(let timer): try perform(gateway?.handle(timer, at: time), at: time)
        case .submit(let handle):
            guard let task = entries[handle]?.task else { return }
            try perform(gateway?.submit(task, at: time), at: time)
        case .arrive(let handle):
            guard let task = entries[handle]?.task else { return }
            try perform(gateway?.arrive(task, at: time), at: time)
        case .finish(let handle, let ticket):
            guard entries[handle]?.ticket == ticket, entries[handle]?.isAssigned == true,
                let answer = entries[handle]?.answer
            else { return }
            entries[handle]?.isAssigned = false
            try perform(gateway?.finish(answer, at: time), at: time)
        }
    }

    // MARK: Actions

    private func perform(_ action: Gateway.Action?, at time: SimulationTime) throws {
        switch action {
        case nil: break
        case .schedule(let timer, let due):
            let timeline = timer.kind == .uplinkRejoin ? uplinkTimeline : timeline
            timeline.plan(.timer(timer), at: due)
            if timer.kind == .downlinkArrived, let task = gateway?.task(of: timer) {
                try reply(task, at: due)
                entries[task.handle]?.isReplied = true
            }
        case .assign(let task): try assign(task, at: time)
        case .reply(let task):
            try reply(task, at: time)
            remove(task.handle)
        }
    }

    private func assign(_ task: EdgeTask, at time: SimulationTime) throws {
        entries[task.handle]?.task = task
        entries[task.handle]?.isAssigned = true
        let message = task.request(handle: task.handle)
        let payload = entries[task.handle]?.payload.take() ?? []
        guard let peer = replicaPeers[Int(task.replica)],
            try replicas?.send([peer, Wire.encode(.inferenceRequest(message)), payload]) == true
        else { return try fail(task.handle, "its edge server is not there", at: time) }
    }

    /// Sends a reply, unless that was done when its time became known.
    private func reply(_ task: EdgeTask, at time: SimulationTime) throws {
        guard let entry = entries[task.handle], !entry.isReplied else { return }
        var message = task.reply(handle: entry.handle, at: time)
        message.margin = entry.margin
        message.text = entry.text
        try send([
            entry.peer, Wire.encode(.inferenceReply(message)),
            task.status == .ok ? entry.payload ?? [] : [],
        ])
    }
}
