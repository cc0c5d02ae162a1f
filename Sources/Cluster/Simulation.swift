import BasicContainers
import Links
package import Scenario
package import SimulationCore

/// The virtual clock: all devices, the gateway and the replicas, driven by one event queue.
///
/// The caller runs it in steps and takes the ended requests between them. The result does not
/// depend on the steps.
package struct Simulation: ~Copyable {
    enum Event: BitwiseCopyable {
        case device(DeviceTimer)
        case gateway(Gateway.Timer)
        /// The device's share of a request is done; `headEnd` tells the two stages apart.
        case computeEnded(headEnd: Int64, RequestHandle, device: UInt32)
        /// `first` is a request of the batch, and `device` its own: what `prefetch` goes by.
        case batchEnded(replica: UInt32, slot: UInt32, first: RequestHandle, device: UInt32)
        /// A waiting batch may have fallen due.
        case wakeUp(replica: UInt32)
    }

    let scenario: Scenario
    let outcomes: OutcomeTable
    let serviceTimes: ServiceTimes
    /// Asked before `serviceTimes`; nil unless another run is replayed.
    private var recordedTimes: RecordedTimes?
    /// nil where every device has a processor of its own.
    private var processors: SharedProcessors?
    let entryOfPoint: [Int]
    /// By operating point: whether a part of the network, or synthetic work, runs on the device.
    private let hasHead: [Bool]
    /// By operating point: whether it sends something.
    private let isOffloaded: [Bool]
    /// By replica.
    let edgeGroup: [Int]
    package private(set) var host: DeviceHost
    package private(set) var gateway: Gateway
    private var replicas: UniqueArray<EdgeReplica>
    private var events: EventQueue<Event>
    /// When the drain is over.
    package private(set) var end: SimulationTime
    /// When something last happened for a request: timers that outlive theirs do not count.
    package private(set) var lastActivity = SimulationTime.start
    /// When a batch ended last.
    package private(set) var lastService = SimulationTime.start

    package init(
        scenario: Scenario,
        outcomes: OutcomeTable,
        serviceTimes: ServiceTimes,
        recordedTimes: RecordedTimes? = nil
    ) {
        let devices = scenario.deviceCount
        self.scenario = scenario
        self.outcomes = outcomes
        self.serviceTimes = serviceTimes
        self.recordedTimes = recordedTimes
        self.processors = serviceTimes.devicesPerProcessor.map {
            SharedProcessors(devices: devices, devicesEach: $0, seed: scenario.seed)
        }
        let entryOfPoint = NetworkEntries(points: scenario.operatingPoints).entryOfPoint
        self.entryOfPoint = entryOfPoint
        self.hasHead = scenario.operatingPoints.map(\.hasHead)
        self.isOffloaded = scenario.operatingPoints.map(\.isOffloaded)
        let resultBytes = scenario.resultBytes(classes: outcomes.classes)
        self.host = DeviceHost(
            scenario: scenario,
            range: 0..<devices,
            outcomes: outcomes,
            resultBytes: resultBytes
        )
        self.gateway = Gateway(scenario: scenario, resultBytes: resultBytes)
        self.edgeGroup = scenario.edgeGroupOfReplica
        self.replicas = UniqueArray(minimumCapacity: edgeGroup.count)
        for group in edgeGroup {
            replicas.append(EdgeReplica(group: scenario.edges[group], entryOfPoint: entryOfPoint))
        }
        self.events = EventQueue()
        self.end = .start + scenario.duration + scenario.drain
        host.start()
        settle(at: .start)
    }

    /// The time of the last event.
    package private(set) var now = SimulationTime.start
    private var isStopping = false

    /// Runs every event up to `limit`, but pauses when many requests wait to be taken.
    ///
    /// - Returns: whether `limit` was reached; if not, take the ended requests and call again.
    package mutating func run(until limit: SimulationTime, pausingAt count: Int = 512) -> Bool {
        while host.ended.count < count {
            guard let (time, event) = events.pop(through: limit) else { return true }
            if isStopping, isStopped(event, at: time) { continue }
            if events.takeRefilled() { prefetch() }
            now = time
            note(event, at: time)
            handle(event, at: time)
            settle(at: time)
        }
        return false
    }

    /// Requests that wait on a replica, and its busy slots.
    package func load(of replica: Int) -> (waiting: Int, busySlots: Int) {
        (replicas[replica].waiting, replicas[replica].busySlots)
    }

    /// What each replica has done.
    package var replicaStatistics: [ReplicaStatistics] {
        replicas.indices.map { replicas[$0].statistics }
    }

    /// Where durations came from; nil unless another run is replayed.
    package var replayCounts: RecordedTimes.Counts? { recordedTimes?.counts }

    /// Issues nothing from `time` on; what was issued before goes on.
    ///
    /// The run ends as one of that duration does, event for event.
    ///
    /// - Parameter time: later than every event so far.
    package mutating func stopIssuing(at time: SimulationTime) {
        precondition(time > now, "Requests of that time may have been issued.")
        isStopping = true
        host.stopIssuing(at: time)
        end = min(end, time + scenario.drain)
    }

    /// Whether a request, or what is left of one that its client gave up, still uses a resource.
    package var hasOpenRequests: Bool { host.openRequests > 0 }

    /// Whether a replica serves requests, or has some waiting.
    package var isServing: Bool {
        replicas.indices.contains { load(of: $0) != (0, 0) }
    }

    /// Whether nothing more can happen.
    package var isIdle: Bool { events.count == 0 }

    /// Ends the run: open requests are unfinished, statistics are brought up to `time`.
    package mutating func finish(at time: SimulationTime) {
        host.finish(at: time)
        host.actions.removeAll()
        for replica in replicas.indices { replicas[replica].finish(at: time) }
    }

    /// Hands out the requests that have ended since the last call.
    package mutating func takeEnded(_ body: ([RequestRecord]) throws -> Void) rethrows {
        try body(host.ended)
        host.ended.removeAll(keepingCapacity: true)
    }

    // MARK: Events

    private mutating func note(_ event: Event, at time: SimulationTime) {
        if case .batchEnded = event { lastService = time }
        if host.openRequests > 0 { lastActivity = time }
    }

    /// Has the processor fetch what the events that are due soon will need.
    private func prefetch() {
        events.forEachSoon { event in
            switch event {
            case .device(let timer): host.prefetch(timer)
            case .computeEnded(_, let handle, let device):
                host.prefetch(handle)
                host.prefetchUplink(of: device)
            case .batchEnded(let replica, _, let first, let device):
                replicas.prefetch(Int(replica))
                host.prefetch(first)
                host.prefetchDownlink(of: device)
            case .gateway, .wakeUp: break
            }
        }
    }

    /// Whether an event is an arrival that was scheduled before issuing was stopped.
    private func isStopped(_ event: Event, at time: SimulationTime) -> Bool {
        guard case .device(let timer) = event, timer.kind == .issue else { return false }
        return !host.issues(at: time)
    }

    private mutating func handle(_ event: Event, at time: SimulationTime) {
        switch event {
        case .device(let timer): host.handle(timer, at: time)
        case .gateway(let timer): perform(gateway.handle(timer, at: time), at: time)
        case .computeEnded(let headEnd, let handle, _):
            computeEnded(handle, headEnd: SimulationTime(nanoseconds: headEnd), at: time)
        case .batchEnded(let replica, let slot, _, _):
            batchEnded(replica: Int(replica), slot: Int(slot), at: time)
        case .wakeUp(let replica): startBatches(on: Int(replica), at: time)
        }
    }

    private mutating func computeEnded(
        _ handle: RequestHandle,
        headEnd: SimulationTime,
        at time: SimulationTime
    ) {
        let record = host.record(of: handle)
        let index = Int(record.operatingPoint ?? 0)
        let outcome = outcomes.outcome(operatingPoint: index, sample: Int(record.sample))
        host.computeEnded(
            handle,
            headEnd: hasHead[index] ? headEnd : nil,
            encodeEnd: isOffloaded[index] ? time : nil,
            payloadBytes: isOffloaded[index] ? outcome.payloadBytes : 0,
            prediction: outcome.prediction
        )
    }

    private mutating func batchEnded(replica: Int, slot: Int, at time: SimulationTime) {
        replicas[replica].batchEnded(slot: slot, at: time)
        while var task = replicas[replica].takeServed(from: slot) {
            let outcome = outcomes.outcome(
                operatingPoint: Int(task.operatingPoint),
                sample: Int(task.sample)
            )
            task.prediction = outcome.prediction
            perform(gateway.finish(task, at: time), at: time)
        }
        startBatches(on: replica, at: time)
    }

    // MARK: Actions

    /// Performs what the devices asked for, until they ask for no more.
    private mutating func settle(at time: SimulationTime) {
        while let action = host.actions.next() { perform(action, at: time) }
    }

    private mutating func perform(_ action: DeviceAction, at time: SimulationTime) {
        switch action {
        case .schedule(let timer, let due):
            events.push(.device(timer), at: due, from: timer.device)
        case .compute(let handle):
            startCompute(handle, at: time)
        case .send(let handle):
            let task = host.task(of: handle)
            let isShared = gateway.usesSharedLink(task)
            perform(
                isShared ? gateway.submit(task, at: time) : gateway.arrive(task, at: time),
                at: time
            )
        }
    }

    private mutating func perform(_ action: Gateway.Action, at time: SimulationTime) {
        switch action {
        case .schedule(let timer, let due):
            events.push(.gateway(timer), at: due, from: UInt32(host.range.count))
        case .assign(let task):
            let replica = Int(task.replica)
            if replicas[replica].arrive(task, at: time) {
                startBatches(on: replica, at: time)
            } else {
                var rejected = task
                rejected.status = .rejected
                perform(gateway.finish(rejected, at: time), at: time)
            }
        case .reply(let task): host.receive(task, at: time)
        }
    }

    private mutating func startCompute(_ handle: RequestHandle, at time: SimulationTime) {
        let record = host.record(of: handle)
        let group = host.group(of: record.device)
        let point = Int(record.operatingPoint ?? 0)
        let moment = processors?.begin(record.device, at: time)
        let (head, encode) =
            recordedTimes?.deviceStages(
                group: group,
                operatingPoint: point,
                seed: scenario.seed,
                device: record.device,
                sequence: record.sequence
            )
            ?? serviceTimes.deviceStages(
                group: group,
                operatingPoint: point,
                seed: scenario.seed,
                device: record.device,
                sequence: record.sequence,
                at: moment
            )
        let headEnd = time + head
        events.push(
            .computeEnded(headEnd: headEnd.nanoseconds, handle, device: record.device),
            at: headEnd + encode,
            from: record.device
        )
    }

    private mutating func startBatches(on replica: Int, at time: SimulationTime) {
        let source = UInt32(host.range.count + 1 + replica)
        while let slot = replicas[replica].startBatch(at: time) {
            let first = replicas[replica].firstTask(on: slot)
            let size = replicas[replica].batchSize(on: slot)
            let recorded = recordedTimes?.service(
                edgeGroup: edgeGroup[replica],
                entry: entryOfPoint[Int(first.operatingPoint)],
                first: first,
                batch: size,
                seed: scenario.seed
            )
            let span = recorded ?? service(on: replica, slot: slot, first: first, at: time)
            events.push(
                .batchEnded(
                    replica: UInt32(replica),
                    slot: UInt32(slot),
                    first: first.handle,
                    device: first.device
                ),
                at: time + span,
                from: source
            )
        }
        guard let wakeUp = replicas[replica].takeWakeUp(after: time) else { return }
        events.push(.wakeUp(replica: UInt32(replica)), at: wakeUp, from: source)
    }

    /// Of a batch; no stage of it takes longer, be it an hour on hardware a million times slower.
    private static var longestService: SimulationDuration { .seconds(3_600_000_000) }

    /// How long a batch takes, as the profile or the formula has it.
    ///
    /// Inlined, as a call would copy the whole simulation.
    @inline(__always)
    private func service(
        on replica: Int,
        slot: Int,
        first: EdgeTask,
        at time: SimulationTime
    ) -> SimulationDuration {
        let group = edgeGroup[replica]
        let moment = serviceTimes.choosing(
            HostMoment(
                seed: scenario.seed,
                entity: UInt32(replica),
                time: time,
                idleTime: replicas[replica].idleTime(of: slot)
            ),
            edgeGroup: group,
            first: first
        )
        var span = serviceTimes.tail(
            edgeGroup: group,
            entry: entryOfPoint[Int(first.operatingPoint)],
            first: first,
            batch: replicas[replica].batchSize(on: slot),
            busySlots: replicas[replica].busySlots,
            at: moment
        )
        var isFirst = true
        replicas[replica].forEachTask(on: slot) { task in
            span += serviceTimes.decode(
                edgeGroup: group,
                task,
                isFirst: isFirst,
                at: moment
            )
            span = min(span, Self.longestService)
            isFirst = false
        }
        return span
    }
}

extension Scenario {
    /// The number of devices in all groups.
    package var deviceCount: UInt32 { devices.reduce(0) { $0 + UInt32($1.count) } }

    /// By replica, through all edge groups in order: the group's index.
    package var edgeGroupOfReplica: [Int] {
        edges.indices.flatMap { Array(repeating: $0, count: edges[$0].count) }
    }

    /// By replica: `group/index`.
    package var replicaNames: [String] {
        edges.flatMap { group in (0..<group.count).map { "\(group.name)/\($0)" } }
    }

    /// The size of a result: one float32 a class, or what synthetic work states.
    package func resultBytes(classes: Int) -> Int {
        if case .synthetic(let work) = workload { work.resultBytes } else { 4 * classes }
    }
}
