import Cluster
import FoundationEssentials
import Messaging
import Scenario
import SimulationCore

/// The edge site's front door in real time: the balancer and the shared links, between device hosts
/// (and devices outside simcoord) and replicas.
final class GatewayRole: WorkerRole {
    /// A request that the gateway has not answered yet.
    struct Entry {
        let peer: [UInt8]
        /// The sender's mark.
        let handle: RequestHandle
        var task: EdgeTask
        /// The request's until a replica has it, then the reply's.
        var payload: [UInt8]?
        /// Whether a replica has it.
        var isAssigned = false
        var margin: Float = 0
        var text = ""
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
    var devices: Channel?
    var replicas: Channel?
    /// Routing ids by replica; nil for one that is not there.
    var replicaPeers: [[UInt8]?] = []
    var entries = HandleTable<Entry>()
    private var handleCount: RequestHandle = 0
    private var freeHandles: [RequestHandle] = []
    private(set) lazy var timeline = WallTimeline<Gateway.Timer>(worker.loop) {
        [unowned self] timer, planned, _ in
        gateway?.handle(timer, at: planned)
        try settle(at: planned)
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
        timeline.start(RunClock(epoch: epoch, dilation: context.dilation))
    }

    func stop() throws {
        report.timers = timeline.pacing
        try worker.report([UInt8](JSONEncoder().encode(report)), isLast: true)
    }

    /// A replica has ended: what it had has failed.
    func peerChanged(_ change: WirePeerChange) throws {
        let replica = Int(change.index)
        guard change.role == WorkerRoles.replica, replica < replicaPeers.count else { return }
        replicaPeers[replica] = nil
        gateway?.remove(replica: replica)
        try timeline.receive { time in
            for handle in 0..<handleCount {
                guard let entry = entries[handle], entry.isAssigned,
                    Int(entry.task.replica) == replica
                else { continue }
                fail(handle, "its edge server has ended", at: time)
            }
            try settle(at: time)
        }
    }

    // MARK: Open requests

    func insert(_ make: (RequestHandle) -> Entry) -> EdgeTask {
        let handle = freeHandles.popLast() ?? handleCount
        handleCount = max(handleCount, handle + 1)
        let entry = make(handle)
        entries[handle] = entry
        worker.statistics.pending += 1
        return entry.task
    }

    private func remove(_ handle: RequestHandle) -> Entry? {
        guard let entry = entries.removeValue(for: handle) else { return nil }
        freeHandles.append(handle)
        worker.statistics.pending -= 1
        worker.statistics.completed += 1
        return entry
    }

    /// A request that was assigned has ended without being served.
    private func fail(_ handle: RequestHandle, _ text: String, at time: SimulationTime) {
        guard var task = entries[handle]?.task else { return }
        entries[handle]?.text = text
        entries[handle]?.isAssigned = false
        task.status = .failed
        gateway?.finish(task, at: time)
    }

    // MARK: Actions

    /// Performs what the gateway wants done, until it wants no more.
    func settle(at time: SimulationTime) throws {
        while let action = gateway?.actions.next() {
            switch action {
            case .schedule(let timer, let due): timeline.plan(timer, at: due)
            case .assign(let task): try assign(task, at: time)
            case .reply(let task): try reply(task, at: time)
            }
        }
    }

    private func assign(_ task: EdgeTask, at time: SimulationTime) throws {
        entries[task.handle]?.task = task
        entries[task.handle]?.isAssigned = true
        let message = task.request(handle: task.handle)
        let payload = entries[task.handle]?.payload.take() ?? []
        guard let peer = replicaPeers[Int(task.replica)],
            try replicas?.send([peer, Wire.encode(.inferenceRequest(message)), payload]) == true
        else { return fail(task.handle, "its edge server is not there", at: time) }
    }

    private func reply(_ task: EdgeTask, at time: SimulationTime) throws {
        guard let entry = remove(task.handle) else { return }
        var message = task.reply(handle: entry.handle, at: time)
        message.margin = entry.margin
        message.text = entry.text
        try devices?.send([
            entry.peer, Wire.encode(.inferenceReply(message)),
            task.status == .ok ? entry.payload ?? [] : [],
        ])
    }
}
