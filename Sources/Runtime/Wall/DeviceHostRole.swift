import Cluster
import FoundationEssentials
import Inference
import Messaging
import Scenario
import SimulationCore

/// Hosts a contiguous range of the devices in real time, with their private links.
final class DeviceHostRole: WorkerRole {
    enum Event: BitwiseCopyable {
        case timer(DeviceTimer, due: SimulationTime)
        case computeEnded(RequestHandle)
        case reply(RequestHandle)
    }

    /// A device's share of a request that was run and is to be released.
    struct Work {
        var payload: [UInt8] = []
        var prediction: Int32?
        var headEnd: SimulationTime
        /// When it is to end by the hardware's speed.
        var planned: SimulationTime
    }

    /// A request that the gateway owes an answer for.
    private struct Sent {
        var task: EdgeTask
        /// When it leaves, by the simulation: on arrival, or at a shared uplink's entrance.
        var planned: SimulationTime
        /// That, or when it really left if it was later, in nanoseconds of CLOCK_MONOTONIC.
        var reading: Int64
    }

    /// Samples, between two words of progress.
    private static let decodedAtOnce = 64
    /// Between two parts of the report, in nanoseconds.
    private static let reportInterval: Int64 = 1_000_000_000

    unowned let worker: WorkerProcess
    var context: WallContext?
    var host: DeviceHost?
    var samples: SampleSet?
    var executor: ExecutorThreads<Result<DeviceExecutor, any Error>>?
    var report = DeviceHostReport()
    var table = ProfileTable()
    /// Of what was measured last: when its stages began.
    var lastBegun = SimulationTime.start
    /// Work that is to be released.
    var works = HandleTable<Work>()
    /// Payloads on their way to the gateway.
    var payloads = HandleTable<[UInt8]>()
    private var sent = HandleTable<Sent>()
    /// Replies whose time has not come, by the sender's handle.
    private var replies = HandleTable<EdgeTask>()
    private var channel: Channel?
    private var reportTimer: LoopTimer?
    private var firstDevice: UInt32 = 0
    /// By device, from the first on: when something last came to its downlink.
    private var downlinkTimes: [SimulationTime] = []
    private(set) lazy var timeline = WallTimeline<Event>(worker.loop) {
        [unowned self] event, planned, actual in
        try handle(event, planned: planned, actual: actual)
    }

    init(_ worker: WorkerProcess) { self.worker = worker }

    func configure(_ configuration: WireConfiguration) throws {
        let context = try WallContext(configuration)
        self.context = context
        let devices = Int(context.scenario.deviceCount)
        let workers = Int(configuration.workers)
        let range =
            UInt32(
                devices * worker.name.index / workers
            )..<UInt32(devices * (worker.name.index + 1) / workers)
        firstDevice = range.lowerBound
        downlinkTimes = Array(repeating: .start, count: range.count)
        table = ProfileTable(
            bound: LiveProfileRun.sampleBound,
            spanNanoseconds: context.scenario.duration.nanoseconds
        )
        host = DeviceHost(
            scenario: context.scenario,
            range: range,
            outcomes: context.outcomes,
            resultBytes: context.resultBytes
        )
        let socket = try Socket(worker.context, .dealer)
        try socket.connect(configuration.endpoints["devices"] ?? "")
        channel = try worker.loop.attach(socket) { [unowned self] in try receive($0) }
        var hello = WireDeviceHello()
        hello.name = "\(worker.name)"
        hello.token = context.assignment.token
        try channel?.send([Wire.encode(.deviceHello(hello))])
        guard let plan = context.plan else { return try worker.ready() }
        let samples = try SampleSet(plan.workload.dataset, input: plan.workload.input)
        self.samples = samples
        let points = context.scenario.reachablePoints
        let executor = try ExecutorThreads(count: 1, name: "device", loop: worker.loop) { _ in
            Result { try DeviceExecutor(plan, engine: InferenceEngine(), points: points) }
        }
        self.executor = executor
        // The first inference of a network takes longer than the others.
        try executor.submit { state in
            for point in points { _ = try state.get().run(point, pixels: samples.pixels(0)) }
        } completion: { [unowned self] result in
            try result.get()
            try decode(samples, from: 0, executor)
        }
    }

    /// Decodes samples' files, which is no part of a request, then says that it is ready.
    private func decode(
        _ samples: SampleSet,
        from first: Int,
        _ executor: ExecutorThreads<Result<DeviceExecutor, any Error>>
    ) throws {
        guard first < samples.decodable else { return try worker.ready() }
        let next = min(first + Self.decodedAtOnce, samples.decodable)
        try executor.submit { _ in
            for index in first..<next { _ = try samples.pixels(index) }
        } completion: { [unowned self] result in
            try result.get()
            try worker.progress(done: UInt64(next), total: UInt64(samples.decodable))
            try decode(samples, from: next, executor)
        }
    }

    func start(epoch: Int64) throws {
        guard let context else { return }
        timeline.start(RunClock(epoch: epoch, dilation: context.dilation))
        host?.start()
        try settle(at: .start)
        reportTimer = worker.loop.makeTimer { [unowned self] in try reportEnded() }
        reportTimer?.arm(at: worker.loop.now + Self.reportInterval)
    }

    func stopIssuing(at time: SimulationTime) throws { host?.stopIssuing(at: time) }

    func stop() throws {
        reportTimer?.disarm()
        if timeline.clock != nil {
            try timeline.receive { time in
                host?.finish(at: time)
                host?.actions.removeAll()
            }
        }
        report.timers = timeline.pacing
        report.abandonedNanojoules =
            host?.abandonedNanojoules.map { Int64(clamping: $0) } ?? []
        report.measurements = table.measurements
        try reportEnded()
        reportTimer?.disarm()
        try worker.report([UInt8](JSONEncoder().encode(report)), isLast: true)
    }

    // MARK: Events

    private func handle(_ event: Event, planned: SimulationTime, actual: SimulationTime) throws {
        switch event {
        case .timer(let timer, let due):
            if timer.kind == .issue, host?.issues(at: due) == true {
                report.issues.note(actual - due)
            }
            if timer.kind == .downlinkRejoin { downlinkUsed(by: timer.device, at: planned) }
            host?.handle(timer, at: planned, due: due)
        case .computeEnded(let handle):
            release(handle, at: planned, actual: actual)
        case .reply(let handle):
            guard let task = replies.removeValue(for: handle) else { return }
            downlinkUsed(by: task.device, at: planned)
            host?.receive(task, at: planned)
        }
        try settle(at: planned)
    }

    private func downlinkUsed(by device: UInt32, at time: SimulationTime) {
        downlinkTimes[Int(device - firstDevice)] = time
    }

    private func receive(_ frames: [[UInt8]]) throws {
        guard let envelope = frames.first, let message = try? Wire.decodeData(envelope) else {
            report.malformed += 1
            return
        }
        if case .gatewayInformation = message { return }
        guard case .inferenceReply(let reply) = message,
            let sent = sent.removeValue(for: reply.handle)
        else {
            report.malformed += 1
            return
        }
        note(sent, reply)
        var task = sent.task
        task.take(reply)
        replies[task.handle] = task
        // The links are simulated: the way through the sockets is no part of them, nor is what happened meanwhile but
        // to this downlink.
        try timeline.receive(
            .reply(task.handle),
            planned: SimulationTime(nanoseconds: reply.sentNs),
            after: downlinkTimes[Int(task.device - firstDevice)]
        )
    }

    /// Counts what sockets and processes added to an exchange with the edge site.
    private func note(_ sent: Sent, _ reply: WireInferenceReply) {
        guard let clock = timeline.clock else { return }
        let real = clock.duration(of: worker.loop.now - sent.reading)
        let simulated = SimulationTime(nanoseconds: reply.sentNs) - sent.planned
        report.exchanges.note(real - simulated, stage: simulated)
    }

    /// Performs what the devices want done, until they want no more.
    func settle(at time: SimulationTime) throws {
        while let action = host?.actions.next() {
            switch action {
            case .schedule(let timer, let due):
                timeline.plan(.timer(timer, due: due), at: due, from: timer.device - firstDevice)
                if timer.kind == .uplinkArrived { try send(timer.handle, arriving: due) }
            case .compute(let handle): compute(handle, at: time)
            case .send(let handle):
                // Over a private uplink it has been sent.
                if host?.record(of: handle).arrived == .absent {
                    try send(handle, arriving: .absent)
                }
            }
        }
        worker.statistics.pending = UInt64(host?.openRequests ?? 0)
    }

    /// Sends a request as soon as it is known when it `arrives` over its private uplink, or when it comes to its
    /// shared one.
    private func send(_ handle: RequestHandle, arriving arrival: SimulationTime) throws {
        guard var task = host?.task(of: handle), let clock = timeline.clock else { return }
        task.arrived = arrival
        let encodeEnd = host?.record(of: handle).encodeEnd ?? .absent
        let planned = arrival == .absent ? encodeEnd : arrival
        let reading = max(worker.loop.now, clock.deadline(of: planned))
        sent[handle] = Sent(task: task, planned: planned, reading: reading)
        let message = task.request(handle: handle, encodeEnd: encodeEnd)
        let payload = payloads.removeValue(for: handle) ?? []
        do {
            try channel?.send([Wire.encode(.inferenceRequest(message)), payload])
        } catch let error as RuntimeError {
            // More than the host can carry: the run says so, and goes on.
            sent[handle] = nil
            report.fault = report.fault ?? "\(error)"
            task.status = .failed
            replies[handle] = task
            timeline.plan(.reply(handle), at: planned, from: task.device - firstDevice)
        }
    }

    // MARK: Report

    /// Reports the requests that have ended since the last time.
    private func reportEnded() throws {
        let ended = host?.ended ?? []
        host?.ended = []
        let part = WorkerProcess.reportBytesBound / RecordRows.rowBytes
        for start in stride(from: 0, to: ended.count, by: part) {
            let records = ended[start..<min(start + part, ended.count)]
            try worker.report(RecordRows.encode(records), isLast: false)
        }
        worker.statistics.completed += UInt64(ended.count)
        reportTimer?.arm(at: worker.loop.now + Self.reportInterval)
    }
}
