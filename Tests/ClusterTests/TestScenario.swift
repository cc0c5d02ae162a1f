import Cluster
import Links
import Scenario
import SimulationCore

/// Builders of small scenarios; every test states only what it is about.
enum TestScenario {
    static func link(
        _ bitsPerSecond: Int64 = 1_000_000_000,
        delay: SimulationDuration = .zero,
        jitter: SimulationDuration = .zero,
        loss: Double = 0,
        attempts: Int = 3,
        retransmission: SimulationDuration = .milliseconds(50),
        bytes: Int? = nil
    ) -> LinkSpecification {
        LinkSpecification(
            capacity: .constant(bitsPerSecond: bitsPerSecond),
            delay: .constant(delay),
            jitter: jitter,
            loss: loss > 0 ? .bernoulli(probability: loss) : .none,
            retransmission: .init(timeout: retransmission, attempts: attempts),
            queue: .init(bytes: bytes)
        )
    }

    static func path(
        isShared: Bool = false,
        uplink: LinkSpecification = link(),
        downlink: LinkSpecification = link()
    ) -> LinkPath {
        LinkPath(name: "path", isShared: isShared, uplink: uplink, downlink: downlink)
    }

    static func group(
        _ arrivals: DeviceGroup.Arrivals,
        count: Int = 1,
        link: Int? = 0,
        timeout: SimulationDuration? = nil,
        queue: Int = 1_000_000,
        policy: DeviceGroup.Policy = .fixed(0),
        deadline: SimulationDuration? = nil
    ) -> DeviceGroup {
        DeviceGroup(
            name: "group",
            count: count,
            link: link,
            arrivals: arrivals,
            deadline: deadline,
            timeout: timeout,
            queue: queue,
            policy: policy
        )
    }

    static func edge(
        count: Int = 1,
        slots: Int = 1,
        batch: Int = 1,
        wait: SimulationDuration = .zero,
        queue: Int = 1_000_000
    ) -> EdgeGroup {
        EdgeGroup(
            name: "edge",
            count: count,
            slots: slots,
            batch: .init(max: batch, wait: wait),
            queue: queue
        )
    }

    static func work(
        payload: Int = 0,
        result: Int = 0,
        device: DurationDistribution = .constant(.zero),
        edge: DurationDistribution = .constant(.zero)
    ) -> SyntheticWorkload {
        SyntheticWorkload(payloadBytes: payload, resultBytes: result, device: device, edge: edge)
    }

    static func synthetic(
        _ work: SyntheticWorkload,
        seed: UInt64 = 1,
        duration: SimulationDuration,
        drain: SimulationDuration = .seconds(1000),
        links: [LinkPath] = [path()],
        devices: [DeviceGroup],
        edges: [EdgeGroup] = [edge()],
        balancer: Scenario.Balancing = .leastOutstanding
    ) -> Scenario {
        Scenario(
            name: "test",
            seed: seed,
            duration: duration,
            drain: drain,
            workload: .synthetic(work),
            operatingPoints: [OperatingPoint(name: "synthetic", kind: .synthetic)],
            links: links,
            devices: devices,
            edges: edges,
            balancer: balancer
        )
    }

    /// One request a period, the first at `phase`.
    static func every(
        _ period: SimulationDuration,
        phase: SimulationDuration = .zero
    ) -> DeviceGroup.Arrivals {
        .periodic(period: Double(period.nanoseconds), jitter: .zero, phase: phase)
    }
}

/// What a finished run has left.
struct RunResult {
    var records: [RequestRecord]
    var openRequests: Int
    var outstanding: [Int]
    var statistics: [ReplicaStatistics]
    var replayCounts: RecordedTimes.Counts?
    var lastActivity: SimulationTime
    var lastService: SimulationTime
    var abandonedNanojoules: [Int128]

    /// The records of one device, by sequence.
    func records(of device: UInt32) -> [RequestRecord] {
        records.filter { $0.device == device }.sorted { $0.sequence < $1.sequence }
    }

    func count(_ state: RequestState) -> Int { records.count { $0.state == state } }

    var sorted: [RequestRecord] {
        records.sorted { ($0.device, $0.sequence) < ($1.device, $1.sequence) }
    }
}

extension Scenario {
    /// Runs synthetic work to the end of the drain, or with the tables given.
    ///
    /// `step` is that of the calls to `run(until:)`, nil for one call.
    func run(
        outcomes: OutcomeTable? = nil,
        times: ServiceTimes? = nil,
        recorded: RecordedTimes? = nil,
        step: SimulationDuration? = nil,
        pause: Int = 8192
    ) -> RunResult {
        var synthetic = TestScenario.work()
        if case .synthetic(let work) = workload { synthetic = work }
        var simulation = Simulation(
            scenario: self,
            outcomes: outcomes ?? OutcomeTable(syntheticPayloadBytes: synthetic.payloadBytes),
            serviceTimes: times ?? ServiceTimes(synthetic: synthetic, scenario: self),
            recordedTimes: recorded
        )
        var records: [RequestRecord] = []
        var limit = step.map { .start + $0 } ?? simulation.end
        while true {
            let reached = simulation.run(until: min(limit, simulation.end), pausingAt: pause)
            simulation.takeEnded { records += $0 }
            guard reached else { continue }
            guard limit < simulation.end else { break }
            limit = limit + (step ?? .zero)
        }
        let open = simulation.host.openRequests
        simulation.finish(at: simulation.end)
        simulation.takeEnded { records += $0 }
        return RunResult(
            records: records,
            openRequests: open,
            outstanding: simulation.gateway.outstanding,
            statistics: simulation.replicaStatistics,
            replayCounts: simulation.replayCounts,
            lastActivity: simulation.lastActivity,
            lastService: simulation.lastService,
            abandonedNanojoules: simulation.host.abandonedNanojoules
        )
    }
}
