import Cluster
import Scenario
import SimulationCore
import Testing

/// Issuing that is stopped at T leaves the run that a duration of T gives, record for record.
@Suite struct EarlyStopTests {
    private func records(
        _ scenario: Scenario,
        stop: SimulationTime? = nil
    ) -> (records: [RequestRecord], now: SimulationTime) {
        let outcomes: OutcomeTable
        guard case .synthetic(let work) = scenario.workload else { return ([], .start) }
        outcomes = OutcomeTable(syntheticPayloadBytes: work.payloadBytes)
        var simulation = Simulation(
            scenario: scenario,
            outcomes: outcomes,
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
        simulation.takeEnded { records.append($0) }
        return (records, simulation.now)
    }

    @Test(arguments: 1...40)
    func `a stopped run is a run of that duration`(seed: UInt64) {
        let full = RandomScenario.draw(seed)
        let stop = SimulationTime.start + .milliseconds(500 + Int64(seed) * 50)
        var short = full
        short.duration = stop - .start
        let stopped = records(full, stop: stop)
        let direct = records(short)
        #expect(stopped.records == direct.records)
        #expect(stopped.now == direct.now)
        #expect(records(full).records.count >= stopped.records.count)
    }
}
