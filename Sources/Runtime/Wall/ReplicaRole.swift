import Cluster
import FoundationEssentials
import Inference
import Messaging
import Scenario
import SimulationCore

/// One edge server in real time: queues, batches, and real batched inference on a thread per slot.
final class ReplicaRole: WorkerRole {
    enum Event: BitwiseCopyable {
        case batchEnded(slot: Int)
        /// A waiting batch may have fallen due.
        case wakeUp
    }

    private typealias Executor = ExecutorThreads<Result<EdgeExecutor, any Error>>

    private unowned let worker: WorkerProcess
    private var context: WallContext?
    private var replica: EdgeReplica?
    private var group = 0
    private var entryOfPoint: [Int] = []
    /// By slot; none for synthetic work.
    private var executors: [Executor] = []
    /// By slot: when the batch that was run is to end by the hardware's speed.
    private var plannedEnds: [SimulationTime?] = []
    /// Of waiting requests, by the gateway's handle.
    private var payloads = HandleTable<[UInt8]>()
    /// What synthetic work yields; empty for a network, whose logits are sent.
    private var syntheticResult: [UInt8] = []
    /// The shortest that a tail has taken, in nanoseconds.
    private var fastestTail = Int64.max
    private var channel: Channel?
    private var report = ReplicaReport()
    private var table = ProfileTable()
    private lazy var timeline = WallTimeline<Event>(worker.loop) {
        [unowned self] event, planned, actual in
        try handle(event, planned: planned, actual: actual)
    }

    init(_ worker: WorkerProcess) { self.worker = worker }

    func configure(_ configuration: WireConfiguration) throws {
        let context = try WallContext(configuration)
        self.context = context
        let scenario = context.scenario
        group = scenario.edgeGroupOfReplica[worker.name.index]
        let edge = scenario.edges[group]
        if context.plan == nil {
            syntheticResult = Array(repeating: 0, count: context.resultBytes)
        }
        entryOfPoint = NetworkEntries(points: scenario.operatingPoints).entryOfPoint
        replica = EdgeReplica(group: edge, entryOfPoint: entryOfPoint)
        table = ProfileTable(
            bound: LiveProfileRun.sampleBound,
            spanNanoseconds: scenario.duration.nanoseconds
        )
        plannedEnds = Array(repeating: nil, count: edge.slots)
        let socket = try Socket(worker.context, .dealer)
        try socket.connect(configuration.endpoints["replicas"] ?? "")
        channel = try worker.loop.attach(socket) { [unowned self] in try receive($0) }
        var hello = WireReplicaHello()
        hello.replica = UInt32(worker.name.index)
        hello.token = context.assignment.token
        try channel?.send([Wire.encode(.replicaHello(hello))])
        guard let plan = context.plan else { return try worker.ready() }
        try compile(plan, scenario: scenario, edge: edge)
    }

    /// Compiles every tail for every batch size on every slot's thread, then reports ready.
    private func compile(_ plan: NetworkPlan, scenario: Scenario, edge: EdgeGroup) throws {
        let points = scenario.reachablePoints
        let entries = Dictionary(
            points.filter { plan.points[$0].isOffloaded }.map { (entryOfPoint[$0], $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let sizes = Array(1...edge.batch.max)
        var (done, all) = (0, edge.slots * sizes.count)
        for slot in 0..<edge.slots {
            let executor = try Executor(count: 1, name: "slot \(slot)", loop: worker.loop) { _ in
                Result {
                    try EdgeExecutor(
                        plan,
                        engine: InferenceEngine(),
                        points: points,
                        batchSizes: []
                    )
                }
            }
            executors.append(executor)
            // The first inference of a network takes longer than the others; an empty payload is
            // refused, but its batch runs.
            for size in sizes {
                try executor.submit { state in
                    var fastest = Int64.max
                    for point in entries.values {
                        let item = EdgeExecutor.Item(operatingPoint: point, payload: [])
                        let output = try state.get().run(Array(repeating: item, count: size))
                        fastest = min(fastest, output.tailNanoseconds)
                    }
                    return fastest
                } completion: { [unowned self] result in
                    fastestTail = min(fastestTail, try result.get())
                    done += 1
                    try worker.progress(done: UInt64(done), total: UInt64(all))
                    if done == all { try worker.ready() }
                }
            }
        }
    }

    func start(epoch: Int64) throws {
        guard let context else { return }
        timeline.start(RunClock(epoch: epoch, dilation: context.dilation), lag: lag(context))
    }

    /// How long batches are held back, in real nanoseconds, for requests that the gateway has sent: one that came
    /// a moment before a batch started would miss it by the time that it spent in sockets, and batches would be
    /// smaller than the modelled server's.
    ///
    /// Only where batches are made, and where the work is done, or its end known, so long before the slower
    /// hardware would release it that this delays nothing.
    private func lag(_ context: WallContext) -> Int64 {
        let edge = context.scenario.edges[group]
        guard edge.batch.max > 1 else { return 0 }
        let slack =
            switch context.scenario.workload {
            case .synthetic(let work): Double(work.edge.mean.nanoseconds)
            case .network: Double(fastestTail) * (edge.hardware.factors.inference - 1)
            }
        return Int64(min(Double(WallTimeline<Event>.longestLag), max(slack / 2, 0)))
    }

    func stop() throws {
        if timeline.clock != nil {
            try timeline.receive { time in
                replica?.finish(at: time)
                report.observedNanoseconds = time.nanoseconds
            }
        }
        if let statistics = replica?.statistics { report.take(statistics) }
        report.isServing = (replica?.busySlots ?? 0) > 0 || (replica?.waiting ?? 0) > 0
        report.timers = timeline.pacing
        report.measurements = table.measurements
        try worker.report([UInt8](JSONEncoder().encode(report)), isLast: true)
    }

    // MARK: Requests

    private func receive(_ frames: [[UInt8]]) throws {
        guard frames.count == 2, let message = try? Wire.decodeData(frames[0]),
            case .inferenceRequest(let request) = message,
            Int(request.operatingPoint) < entryOfPoint.count
        else {
            report.malformed += 1
            return
        }
        var task = EdgeTask(request, payloadBytes: frames[1].count, handle: request.handle)
        task.replica = UInt16(worker.name.index)
        // A device outside simcoord may say anything of its uplink.
        let isOnPath = task.uplinkStart >= .start && task.uplinkStart <= task.arrived
        report.deliveries.note(
            timeline.lateness(of: task.arrived),
            stage: isOnPath ? task.arrived - task.uplinkStart : .zero
        )
        // As on the links, the way through the sockets is no part of the edge site.
        try timeline.receive(planned: task.arrived) { time in
            guard replica?.arrive(task, at: time) == true else {
                task.status = .rejected
                return try reply(task, at: time)
            }
            payloads[task.handle] = frames[1]
            try startBatches(at: time)
        }
    }

    private func handle(_ event: Event, planned: SimulationTime, actual: SimulationTime) throws {
        switch event {
        case .wakeUp: break
        case .batchEnded(let slot): release(slot, at: planned, actual: actual)
        }
        try startBatches(at: planned)
    }

    // MARK: Batches

    private func startBatches(at time: SimulationTime) throws {
        while let slot = replica?.startBatch(at: time) {
            var tasks: [EdgeTask] = []
            replica?.forEachTask(on: slot) { tasks.append($0) }
            try run(tasks, on: slot, at: time)
        }
        worker.statistics.waiting = UInt32(replica?.waiting ?? 0)
        worker.statistics.busySlots = UInt32(replica?.busySlots ?? 0)
        guard let wakeUp = replica?.takeWakeUp(after: time) else { return }
        timeline.plan(.wakeUp, at: wakeUp)
    }

    private func run(_ tasks: [EdgeTask], on slot: Int, at time: SimulationTime) throws {
        guard let context else { return }
        let items = tasks.map {
            EdgeExecutor.Item(
                operatingPoint: Int($0.operatingPoint),
                payload: payloads.removeValue(for: $0.handle) ?? []
            )
        }
        let busySlots = replica?.busySlots ?? 1
        let idleTime = replica?.idleTime(of: slot) ?? .zero
        if let times = context.serviceTimes {
            // Synthetic work has a formula for all that it takes.
            let span = times.tail(
                edgeGroup: group,
                entry: entryOfPoint[Int(tasks[0].operatingPoint)],
                first: tasks[0],
                batch: tasks.count,
                busySlots: busySlots,
                at: HostMoment(
                    seed: context.scenario.seed,
                    entity: UInt32(worker.name.index),
                    time: time
                )
            )
            let results = tasks.map { _ in Result<[Float], PayloadError>.success([]) }
            return try answer(tasks, on: slot, results, planned: time + span, end: time + span)
        }
        let factors = context.scenario.edges[group].hardware.factors
        try executors[slot].submit { state in
            try state.get().run(items, for: factors)
        } completion: { [unowned self] result in
            if case .success(let output) = result {
                measured(output, tasks, busySlots: busySlots, idleTime: idleTime)
            }
            try ran(tasks, on: slot, result)
        }
    }

    private func measured(
        _ output: EdgeExecutor.Output,
        _ tasks: [EdgeTask],
        busySlots: Int,
        idleTime: SimulationDuration
    ) {
        guard let context, context.assignment.measures else { return }
        let points = context.scenario.operatingPoints
        let moment = ProfileTable.Moment(time: timeline.now, idleTime: idleTime)
        for (index, task) in tasks.enumerated() {
            table.add(
                .decode,
                points[Int(task.operatingPoint)].codecKey,
                batch: index == 0 ? 1 : ServiceProfile.laterInBatch,
                at: moment,
                output.decodeNanoseconds[index]
            )
        }
        table.add(
            .tail,
            points[Int(tasks[0].operatingPoint)].tailKey,
            batch: tasks.count,
            busySlots: busySlots,
            at: moment,
            output.tailNanoseconds
        )
    }

    private func ran(
        _ tasks: [EdgeTask],
        on slot: Int,
        _ result: Result<EdgeExecutor.Output, any Error>
    ) throws {
        guard let context else { return }
        let factors = context.scenario.edges[group].hardware.factors
        switch result {
        case .success(let output):
            let decode = SimulationDuration(
                nanoseconds: output.decodeNanoseconds.reduce(0, +)
            )
            let tail = SimulationDuration(nanoseconds: output.tailNanoseconds)
            let planned =
                tasks[0].serviceStart + decode.scaled(by: factors.coding)
                + tail.scaled(by: factors.inference)
            let end = max(planned, timeline.now)
            try answer(tasks, on: slot, output.results, planned: planned, end: end)
        case .failure(let error):
            report.fault = report.fault ?? "\(error)"
            let fault = PayloadError(reason: "the network could not be run: \(error)")
            let results = tasks.map { _ in Result<[Float], PayloadError>.failure(fault) }
            let now = timeline.now
            try answer(tasks, on: slot, results, planned: now, end: now)
        }
    }

    /// Answers a batch's requests, mostly before the time of the answers, and plans its slot's release.
    ///
    /// - Parameters:
    ///   - tasks: the batch's requests.
    ///   - slot: where it is run.
    ///   - results: of the requests, in order.
    ///   - planned: when it is to end by the hardware's speed.
    ///   - end: when it does.
    /// - Throws: what sending throws.
    private func answer(
        _ tasks: [EdgeTask],
        on slot: Int,
        _ results: [Result<[Float], PayloadError>],
        planned: SimulationTime,
        end: SimulationTime
    ) throws {
        plannedEnds[slot] = planned
        timeline.plan(.batchEnded(slot: slot), at: end)
        for (var task, result) in zip(tasks, results) {
            task.serviceEnd = end
            try reply(task, result, at: end)
        }
    }

    private func release(_ slot: Int, at time: SimulationTime, actual: SimulationTime) {
        guard let end = plannedEnds[slot].take() else { return }
        let start = replica?.firstTask(on: slot).serviceStart ?? end
        report.releases.note(actual - end, stage: end - start)
        replica?.batchEnded(slot: slot, at: time)
        report.lastEndNanoseconds = time.nanoseconds
        while replica?.takeServed(from: slot) != nil { worker.statistics.completed += 1 }
    }

    private func reply(
        _ task: EdgeTask,
        _ result: Result<[Float], PayloadError> = .success([]),
        at time: SimulationTime
    ) throws {
        var task = task
        var payload: [UInt8] = []
        var (text, margin) = ("", Float(0))
        switch result {
        case .success(let logits) where !logits.isEmpty:
            let prediction = Prediction(logits: logits)
            (task.prediction, margin) = (prediction.label, prediction.margin)
            payload = Wire.bytes(of: logits)
        case .success:
            if task.status == .ok { payload = syntheticResult }
        case .failure(let error):
            task.status = .failed
            text = "\(error)"
        }
        var message = task.reply(handle: task.handle, at: time)
        message.margin = margin
        message.text = text
        try channel?.send([Wire.encode(.inferenceReply(message)), payload])
    }
}
