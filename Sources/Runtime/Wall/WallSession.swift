import Cluster
import FoundationEssentials
import Messaging
import Results
import Scenario
import SimulationCore

/// The coordinator's part of a wall run once the processes are ready.
final class WallSession {
    /// From the decision to stop issuing to that time, in nanoseconds: every host has heard by then.
    private static let stopLead: Int64 = 500_000_000
    /// For reports after Stop, in nanoseconds.
    private static let reportLimit: Int64 = 20_000_000_000
    /// From a request's end until every host has reported what ended before, in nanoseconds: they do once a second.
    private static let reportLag: Int64 = 2_500_000_000

    private let run: WallRun
    private let pool: WorkerPool
    private let recorder: RunRecorder
    private let hosts: Set<WorkerName>
    private var open: Set<WorkerName>
    private var heartbeats: [WorkerName: (time: Int64, beat: WireHeartbeat)] = [:]
    private var result: WallResult
    private var counts = WallCounts()
    private var check: OutcomeCheck
    /// Requests that are not recorded yet: each host reports its own, and the record has the order of all.
    private var held: [RequestRecord] = []
    /// When the series' latest points were taken.
    private var sampled = SimulationTime.start
    private var isStopping = false
    /// Whether a second signal came: what has been reported has to do.
    private var isImpatient = false

    init(run: WallRun, pool: WorkerPool, names: [WorkerName], recorder: RunRecorder) {
        self.run = run
        self.pool = pool
        self.recorder = recorder
        open = Set(names)
        hosts = Set(names.filter { $0.role == WorkerRoles.deviceHost })
        result = WallResult(dilation: run.dilation)
        check = OutcomeCheck(run.outcomes)
    }

    func execute(_ clock: RunClock) throws -> WallResult {
        do {
            try wait(clock)
            try stop(clock)
        } catch {
            try recordEnded()
            throw error
        }
        try recordEnded()
        return conclude()
    }

    /// Has all workers stop, and takes their reports.
    private func stop(_ clock: RunClock) throws {
        isStopping = true
        try pool.broadcast(.stop(WireStop()))
        let limit = pool.loop.now + Self.reportLimit
        while !open.isEmpty, !isImpatient {
            guard let event = try pool.nextEvent(deadline: limit) else {
                for name in open.sorted() { try lost(name, "sent no report") }
                break
            }
            try handle(event, clock)
        }
    }

    /// Waits until the drain is over, or nothing is open after the last issue, or a signal.
    private func wait(_ clock: RunClock) throws {
        var issueEnd = SimulationTime.start + run.scenario.duration
        var end = clock.deadline(of: issueEnd + run.scenario.drain)
        var progress = ProgressLine(
            label: "Running in real time",
            unit: "requests",
            total: nil,
            isShown: !run.isQuiet
        )
        defer { progress.finish() }
        var nextFlush = pool.loop.now + 1_000_000_000
        while pool.loop.now < end, result.interruption == nil {
            if let event = try pool.nextEvent(deadline: min(end, nextFlush)) {
                try handle(event, clock)
            }
            if pool.loop.now >= nextFlush {
                try sample(clock)
                try recordEnded(by: clock.time(at: pool.loop.now - Self.reportLag))
                try recorder.flush()
                nextFlush = pool.loop.now + 1_000_000_000
                if let time = try stopIssuing(before: issueEnd, clock) {
                    issueEnd = time
                    end = clock.deadline(of: time + run.scenario.drain)
                }
            }
            progress.update(hosts.reduce(0) { $0 + Int(heartbeats[$1]?.beat.completed ?? 0) })
            if isIdle(since: clock.deadline(of: issueEnd)) { return }
        }
    }

    /// Records a point of every series: what the replicas have told last, a quarter of a second ago at most.
    private func sample(_ clock: RunClock) throws {
        let time = clock.now
        guard time > sampled else { return }
        var points = run.scenario.traceRates(over: time - sampled, until: time)
        for (index, name) in run.scenario.replicaNames.enumerated() {
            let worker = WorkerName(role: WorkerRoles.replica, index: index)
            guard open.contains(worker), let (seen, beat) = heartbeats[worker] else { continue }
            points += Scenario.loadSeries(
                of: name,
                waiting: Int(beat.waiting),
                busySlots: Int(beat.busySlots),
                at: clock.time(at: seen)
            )
        }
        for point in points { try recorder.record(point) }
        sampled = time
    }

    /// Has issuing stop once the record is as precise as the scenario asks.
    ///
    /// - Returns: the time of the run from which on nothing is issued, when it was decided now.
    private func stopIssuing(
        before issueEnd: SimulationTime,
        _ clock: RunClock
    ) throws -> SimulationTime? {
        guard result.stopped == nil, recorder.isPreciseEnough else { return nil }
        let time = clock.time(at: pool.loop.now + Self.stopLead)
        guard time < issueEnd else { return nil }
        result.stopped = time
        var stop = WireStop()
        stop.issueEndNs = time.nanoseconds
        for host in hosts.sorted() { try pool.send(.stop(stop), to: host) }
        return time
    }

    /// Whether every host has told, some time after the last issue, that nothing is open.
    private func isIdle(since time: Int64) -> Bool {
        hosts.allSatisfy { host in
            guard let (seen, beat) = heartbeats[host] else { return false }
            return seen - WorkerProcess.heartbeatInterval > time && beat.pending == 0
        }
    }

    // MARK: Events

    private func handle(_ event: WorkerEvent, _ clock: RunClock) throws {
        switch event {
        case .heartbeat(let name, let beat): heartbeats[name] = (pool.loop.now, beat)
        case .report(let name, _, let content, let isLast):
            try take(content, from: name, isLast: isLast)
            if isLast { open.remove(name) }
        case .failed(let name, let reason): try lost(name, reason)
        case .exited(let exit):
            // One that failed has told why already.
            if open.contains(exit.name) { try lost(exit.name, exit.reason) }
        case .interrupted(let signal):
            isImpatient = result.interruption != nil
            result.interruption =
                result.interruption ?? Interruption(signal: signal, time: clock.now)
        case .ready, .progress: break
        }
    }

    /// The run goes on without a replica, whose requests fail; nothing goes on without the others, but the end of one
    /// that was interrupted.
    private func lost(_ name: WorkerName, _ reason: String) throws {
        guard open.remove(name) != nil else { return }
        if result.interruption == nil, name.role != WorkerRoles.replica {
            throw RuntimeError.worker(name: "\(name)", reason: reason)
        }
        result.invalidReasons.append("Worker \(name) \(reason).")
        guard result.interruption == nil else { return }
        guard open.contains(where: { $0.role == WorkerRoles.replica }) || isStopping else {
            throw RuntimeError.worker(name: "\(name)", reason: reason)
        }
        try pool.withdraw(name)
    }

    // MARK: Reports

    private func take(_ content: [UInt8], from name: WorkerName, isLast: Bool) throws {
        switch name.role {
        case WorkerRoles.deviceHost where !isLast:
            guard let records = RecordRows.decode(content) else {
                throw RuntimeError.worker(
                    name: "\(name)",
                    reason: "sent records that cannot be read"
                )
            }
            for record in records { check.check(record) }
            held += records
        case WorkerRoles.deviceHost:
            let report = try JSONDecoder().decode(DeviceHostReport.self, from: Data(content))
            counts.add(report)
            note(report.fault, of: name)
        case WorkerRoles.replica:
            let report = try JSONDecoder().decode(ReplicaReport.self, from: Data(content))
            counts.add(report, of: name.index)
            note(report.fault, of: name)
        default:
            counts.add(try JSONDecoder().decode(GatewayReport.self, from: Data(content)))
        }
    }

    /// Records the requests that have ended by `time`, in this order; by default all.
    private func recordEnded(by time: SimulationTime = SimulationTime(nanoseconds: .max)) throws {
        held.sort { $0.lastTime < $1.lastTime }
        let count = held.prefix { $0.lastTime <= time }.count
        for record in held.prefix(count) { try recorder.record(record) }
        held.removeFirst(count)
    }

    private func note(_ fault: String?, of name: WorkerName) {
        guard let fault else { return }
        result.invalidReasons.append("Worker \(name) could not execute a request: \(fault).")
    }

    private func conclude() -> WallResult {
        result.pacing = counts.pacing
        result.invalidReasons += counts.invalidReasons
        if let reason = check.invalidReason { result.invalidReasons.append(reason) }
        result.disagreements = check.disagreements
        let issueEnd = result.stopped ?? .start + run.scenario.duration
        result.edges = counts.edges(
            of: run.scenario,
            issueEnd: min(issueEnd, result.interruption?.time ?? issueEnd)
        )
        result.abandonedNanojoules = counts.abandonedNanojoules
        result.measurements = counts.measurements
        return result
    }
}

extension RequestRecord {
    /// The latest that is known of it.
    fileprivate var lastTime: SimulationTime {
        let ends = stageEnds
        return ends.indices.reduce(issued) { max($0, ends[$1]) }
    }
}
