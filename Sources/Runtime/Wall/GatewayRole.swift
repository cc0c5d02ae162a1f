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
        /// The request's, then the reply's.
        var payload: [UInt8]
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
    private var entries: [Entry?] = []
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
            for handle in entries.indices {
                guard let entry = entries[handle], entry.isAssigned,
                    Int(entry.task.replica) == replica
                else { continue }
                fail(RequestHandle(handle), "its edge server has ended", at: time)
            }
            try settle(at: time)
        }
    }

    // MARK: Open requests

    subscript(handle: RequestHandle) -> Entry? {
        get { Int(handle) < entries.count ? entries[Int(handle)] : nil }
        set { entries[Int(handle)] = newValue }
    }

    func insert(_ make: (RequestHandle) -> Entry) -> RequestHandle {
        let handle = freeHandles.popLast() ?? RequestHandle(entries.count)
        if Int(handle) == entries.count { entries.append(nil) }
        entries[Int(handle)] = make(handle)
        worker.statistics.pending += 1
        return handle
    }

    private func remove(_ handle: RequestHandle) {
        entries[Int(handle)] = nil
        freeHandles.append(handle)
        worker.statistics.pending -= 1
        worker.statistics.completed += 1
    }

    /// A request that was assigned has ended without being served.
    private func fail(_ handle: RequestHandle, _ text: String, at time: SimulationTime) {
        guard var task = self[handle]?.task else { return }
        self[handle]?.text = text
        self[handle]?.isAssigned = false
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
        guard let entry = self[task.handle] else { return }
        self[task.handle]?.task = task
        self[task.handle]?.isAssigned = true
        let message = task.request(handle: task.handle)
        guard let peer = replicaPeers[Int(task.replica)],
            try replicas?.send([peer, Wire.encode(.inferenceRequest(message)), entry.payload])
                == true
        else { return fail(task.handle, "its edge server is not there", at: time) }
        self[task.handle]?.payload = []
    }

    private func reply(_ task: EdgeTask, at time: SimulationTime) throws {
        guard let entry = self[task.handle] else { return }
        var message = task.reply(handle: entry.handle, at: time)
        message.margin = entry.margin
        message.text = entry.text
        remove(task.handle)
        try devices?.send([
            entry.peer, Wire.encode(.inferenceReply(message)),
            task.status == .ok ? entry.payload : [],
        ])
    }
}
