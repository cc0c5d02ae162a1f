import Cluster
import Scenario
import SimulationCore
import Testing

@Suite struct EarlyStopTests {
    private func run(
        _ scenario: Scenario,
        stop: SimulationTime? = nil
    ) throws -> (records: [RequestRecord], now: SimulationTime) {
        guard case .synthetic(let work) = scenario.workload else {
            preconditionFailure("the family's work is synthetic")
        }
        var simulation = Simulation(
            scenario: scenario,
            outcomes: OutcomeTable(syntheticPayloadBytes: work.payloadBytes),
            serviceTimes: ServiceTimes(synthetic: work, scenario: scenario)
        )
        if let stop {
            let before = stop - SimulationDuration(nanoseconds: 1)
            while !simulation.run(until: before, pausingAt: .max) {}
            simulation.stopIssuing(at: stop)
        }
        while !simulation.run(until: simulation.end, pausingAt: .max) {}
        simulation.finish(at: simulation.end)
        var records: [RequestRecord] = []
        simulation.takeEnded { records += $0 }
        return (records, simulation.now)
    }

    @Test(arguments: 1...40)
    func `a stopped run issues what the whole run issues until then`(seed: UInt64) throws {
        let scenario = RandomScenario.draw(seed)
        let stop = SimulationTime.start + .milliseconds(500 + Int64(seed) * 50)
        let stopped = try run(scenario, stop: stop)
        let whole = try run(scenario).records.filter { $0.issued < stop }
        func identity(_ record: RequestRecord) -> [Int64] {
            [Int64(record.device), Int64(record.sequence), record.issued.nanoseconds]
        }
        #expect(Set(stopped.records.map(identity)) == Set(whole.map(identity)))
        #expect(stopped.records.count == whole.count)
        // What had completed by then is equal in every field, in the same order.
        func completed(_ records: [RequestRecord]) -> [RequestRecord] {
            records.filter { $0.state == .completed && $0.completed < stop }
        }
        #expect(completed(stopped.records) == completed(whole))
    }

    @Test(arguments: UInt64(1)...49)
    func `a stopped run is a run of that duration, record for record`(seed: UInt64) throws {
        let whole = RandomScenario.draw(seed)
        let stop = SimulationTime.start + .milliseconds(500 + Int64(seed) * 50)
        var short = whole
        short.duration = stop - .start
        let (stopped, direct) = (try run(whole, stop: stop), try run(short))
        #expect(stopped.records == direct.records)
        #expect(stopped.now == direct.now)
    }
}
