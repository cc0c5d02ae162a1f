import Cluster
import Scenario
import SimulationCore
import Testing

@Suite struct QueueingTests {
    /// Waits of a single-server FIFO queue: W' = max(0, W + S − A).
    ///
    /// Source: Lindley, "The theory of queues with a single server", Math. Proc. Camb. Phil.
    /// Soc. 48 (1952).
    private func lindley(arrivals: [Int64], services: [Int64]) -> [Int64] {
        var waits: [Int64] = []
        for index in arrivals.indices {
            guard let last = waits.last else {
                waits.append(0)
                continue
            }
            let gap = arrivals[index] - arrivals[index - 1]
            waits.append(max(0, last + services[index - 1] - gap))
        }
        return waits
    }

    /// The arrivals of device 0, drawn anew.
    private func poisson(rate: Double, count: Int, seed: UInt64) -> [Int64] {
        var time: Int64 = 0
        return (0..<count).map { index in
            var draw = RandomDraw(
                seed: seed,
                purpose: .arrival,
                entity: 0,
                request: UInt32(index)
            )
            time += Int64((draw.exponential() / rate * 1e9).rounded())
            return time
        }
    }

    private func services(
        _ purpose: DrawPurpose,
        mean: SimulationDuration,
        count: Int,
        seed: UInt64
    ) -> [Int64] {
        (0..<count).map { index in
            var draw = RandomDraw(
                seed: seed,
                purpose: purpose,
                entity: 0,
                request: UInt32(index)
            )
            return draw.exponential(mean: mean).nanoseconds
        }
    }

    @Test(arguments: [0.5, 0.8, 0.99, 1.2], [true, false])
    func aSingleServerIsLindleysRecursion(load: Double, atTheEdge: Bool) {
        let mean = SimulationDuration.milliseconds(10)
        let random = DurationDistribution.exponential(mean: mean)
        let scenario = TestScenario.synthetic(
            atTheEdge ? TestScenario.work(edge: random) : TestScenario.work(device: random),
            seed: 11,
            duration: .seconds(100),
            devices: [TestScenario.group(.poisson(rate: load * 100))]
        )
        let records = scenario.run().records(of: 0)
        let arrivals = poisson(rate: load * 100, count: records.count, seed: 11)
        let services = services(
            atTheEdge ? .service : .deviceStage,
            mean: mean,
            count: records.count,
            seed: 11
        )
        let waits = lindley(arrivals: arrivals, services: services)
        #expect(records.count > 4000)
        #expect(records.map(\.issued.nanoseconds) == arrivals)
        let begin = records.map { atTheEdge ? $0.serviceStart : $0.headStart }
        #expect(begin.map(\.nanoseconds) == zip(arrivals, waits).map { $0 + $1 })
        let latencies = records.map { $0.latency?.nanoseconds }
        #expect(latencies == zip(waits, services).map { $0 + $1 })
    }

    /// Waits of a FIFO queue with several servers: the least of their workloads, which fall with time.
    ///
    /// Source: Kiefer and Wolfowitz, "On the theory of queues with many servers", Trans. Amer. Math. Soc. 78 (1955).
    private func kieferWolfowitz(servers: Int, arrivals: [Int64], services: [Int64]) -> [Int64] {
        var workloads = [Int64](repeating: 0, count: servers)
        return arrivals.indices.map { index in
            let gap = index == 0 ? 0 : arrivals[index] - arrivals[index - 1]
            workloads = workloads.map { max(0, $0 - gap) }.sorted()
            defer { workloads[0] += services[index] }
            return workloads[0]
        }
    }

    @Test(arguments: [2, 4, 8], [0.8, 0.9, 1.1])
    func severalSlotsAreKieferAndWolfowitzsRecursion(slots: Int, load: Double) {
        let mean = SimulationDuration.milliseconds(10)
        let rate = load * 100 * Double(slots)
        let scenario = TestScenario.synthetic(
            TestScenario.work(edge: .exponential(mean: mean)),
            seed: 13,
            duration: .seconds(20),
            devices: [TestScenario.group(.poisson(rate: rate))],
            edges: [TestScenario.edge(slots: slots)]
        )
        let records = scenario.run().records(of: 0)
        let arrivals = poisson(rate: rate, count: records.count, seed: 13)
        let services = services(.service, mean: mean, count: records.count, seed: 13)
        let waits = kieferWolfowitz(servers: slots, arrivals: arrivals, services: services)
        #expect(records.count > 3000 && waits.contains { $0 > 0 } && waits.contains(0))
        #expect(records.map { ($0.serviceStart - $0.arrived).nanoseconds } == waits)
        #expect(
            records.map { $0.latency?.nanoseconds } == zip(waits, services).map { $0 + $1 }
        )
    }

    @Test func overloadGrowsByTheExcess() {
        let scenario = TestScenario.synthetic(
            TestScenario.work(edge: .constant(.milliseconds(1500))),
            duration: .seconds(200),
            devices: [TestScenario.group(TestScenario.every(.seconds(1)))]
        )
        let records = scenario.run().records(of: 0)
        #expect(records.count == 200)
        for (index, record) in records.enumerated() {
            let wait = record.serviceStart - record.arrived
            #expect(wait == .milliseconds(500 * Int64(index)))
        }
    }

    /// The mean wait is ρ/(1−ρ).
    ///
    /// Its standard error follows from the asymptotic variance ρ(2+5ρ−4ρ²+ρ³)/(1−ρ)⁴ per customer (service mean 1).
    /// Source: Daley, "The serial correlation coefficients of waiting times in a stationary
    /// single server queue", J. Austral. Math. Soc. 8 (1968).
    @Test(arguments: [0.5, 0.8]) func exponentialQueuesWaitAsTheorySays(load: Double) {
        let scenario = TestScenario.synthetic(
            TestScenario.work(edge: .exponential(mean: .seconds(1))),
            seed: 5,
            duration: .seconds(200_000),
            devices: [TestScenario.group(.poisson(rate: load))]
        )
        let waits = scenario.run().records.map { ($0.serviceStart - $0.arrived).seconds }
        let count = Double(waits.count)
        let mean = waits.reduce(0, +) / count
        let variance =
            load * (2 + 5 * load - 4 * load * load + load * load * load)
            / ((1 - load) * (1 - load) * (1 - load) * (1 - load))
        #expect(abs(mean - load / (1 - load)) < 3 * (variance / count).squareRoot())
    }

    /// A server that stalls for 1.4 s does not stall the clients' clocks.
    @Test func openLoopsCountTheWaitFromTheIntendedTime() {
        let scenario = TestScenario.synthetic(
            TestScenario.work(device: .constant(.milliseconds(300))),
            duration: .milliseconds(1000),
            devices: [TestScenario.group(TestScenario.every(.milliseconds(100)))]
        )
        let records = scenario.run().records(of: 0)
        #expect(records.map(\.issued.nanoseconds) == (0..<10).map { $0 * 100_000_000 })
        #expect(
            records.map(\.latency?.nanoseconds) == (0..<10).map { 300_000_000 + $0 * 200_000_000 }
        )
    }
}
