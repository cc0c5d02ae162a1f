import Results
import Scenario
import SimulationCore
import Testing

@testable import Runtime

@Suite struct VirtualRunTests {
    /// One request a device, at 900 ms, whose service is over soon, during the drain, or after it.
    @Test(arguments: [(10, 1000), (2000, nil), (60_000, 6000)] as [(Int64, Int64?)])
    func `servers are observed while requests are issued and until nothing is left to do`(
        service: Int64,
        observed: Int64?
    ) throws {
        let scenario = try VirtualFixture.scenario(
            #""duration": "1s", "drain": "5s","#,
            devices: #""arrivals": { "periodic": { "period": "10s", "phase": "900ms" } }"#,
            edge: #"{ "constant": "\#(service)ms" }"#
        )
        let (end, summary) = try VirtualFixture.run(scenario)
        // The last to be served is so 80 µs before it completes: 100 B at 10 Mbit/s.
        let latest = summary.traffic.latency.max.map { $0 + 900_000_000 - 80_000 }
        let expected = try #require(observed.map { $0 * 1_000_000 } ?? latest)
        #expect(end.edges.map(\.observed.nanoseconds) == [expected, expected])
        #expect(summary.traffic.requests.unfinished == (service == 60_000 ? 2 : 0))
    }

    /// The host's 4 W all the time, and 5 W more in proportion to the slots that are busy.
    @Test func `a server's energy is its idle power and what its busy slots add`() throws {
        let scenario = try VirtualFixture.scenario(#""duration": "20s","#)
        let (end, _) = try VirtualFixture.run(scenario)
        for edge in end.edges {
            #expect(edge.busySlotNanoseconds > 1_000_000_000)
            let busy = Double(edge.busySlotNanoseconds) / 1e9 / Double(edge.slots)
            let expected = 4 * edge.observed.seconds + 5 * busy
            #expect(abs(edge.joules - expected) < 1e-6 * expected)
        }
        #expect(end.edges.map(\.slots) == [2, 1])
    }

    /// Looked at each second, what is asked for is known at once; at the end there is nothing left to stop.
    @Test(arguments: [("3s", 1), ("1s", nil)] as [(String, Int64?)])
    func `issuing stops before the end or not at all`(duration: String, seconds: Int64?) throws {
        let scenario = try VirtualFixture.scenario(
            """
            "duration": "\(duration)",
            "precision": { "metric": "latency.mean", "relative": 0.9 },
            """,
            devices: #""arrivals": { "poisson": { "rate": "200/s" } }, "queue": 4"#,
            edge: #"{ "constant": "1ms" }"#
        )
        let (end, summary) = try VirtualFixture.run(scenario)
        #expect(end.stopped == seconds.map { .start + .seconds($0) })
        #expect(summary.precision?.met == true)
        // Not until the end that was planned.
        #expect(end.edges.allSatisfy { $0.observed >= .seconds(1) && $0.observed < .seconds(2) })
    }
}
