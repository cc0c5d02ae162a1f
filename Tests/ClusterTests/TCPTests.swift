import Cluster
import Links
import Scenario
import SimulationCore
import Testing

/// Requests whose links are TCP connections.
@Suite struct TCPTests {
    private func scenario(
        _ transport: Transport,
        loss: Double = 0,
        seed: UInt64 = 1,
        devices: Int = 3
    ) -> Scenario {
        var path = TestScenario.path(
            uplink: TestScenario.link(8_000_000, delay: .milliseconds(20), loss: loss),
            downlink: TestScenario.link(20_000_000, delay: .milliseconds(30), loss: loss)
        )
        path.transport = transport
        return TestScenario.synthetic(
            TestScenario.work(
                payload: 40_000,
                result: 9_000,
                device: .exponential(mean: .milliseconds(5)),
                edge: .exponential(mean: .milliseconds(8))
            ),
            seed: seed,
            duration: .seconds(20),
            links: [path],
            devices: [TestScenario.group(.poisson(rate: 4), count: devices)],
            edges: [TestScenario.edge(count: 2, slots: 64)],
            balancer: .sticky
        )
    }

    /// A radio is charged while it sends, not while it waits for acknowledgements: 40,000 bytes in 28 segments of 52
    /// bytes of headers at 8 Mbit/s.
    @Test func energyIsChargedForSendingAlone() {
        var scenario = scenario(.tcp(TCPOptions()), devices: 1)
        scenario.devices[0].hardware.power = .init(idle: 0, compute: 0, transmit: 1)
        let records = scenario.run().records
        #expect(!records.isEmpty)
        for record in records {
            let airtime = Int64(40_000 + 28 * 52) * 1000
            // The end of a segment is a whole nanosecond.
            #expect((airtime...airtime + 28).contains(record.energyNanojoules))
        }
        // The first message waits for the handshake and for its window to open.
        #expect((records[0].uplinkEnd - records[0].uplinkStart).nanoseconds > 42_000_000)
    }

    @Test(arguments: UInt64(1)...10) func nothingIsLostAndStagesAddUp(seed: UInt64) {
        let result = scenario(.tcp(TCPOptions()), loss: 0.02, seed: seed).run()
        #expect(result.records.count > 150)
        #expect(result.count(.completed) == result.records.count)
        for record in result.records {
            let times = [
                record.issued, record.headStart, record.headEnd, record.encodeEnd,
                record.uplinkStart, record.uplinkEnd, record.arrived, record.serviceStart,
                record.serviceEnd, record.completed,
            ]
            #expect(times.filter { $0 != .absent } == times.filter { $0 != .absent }.sorted())
            #expect(record.arrived - record.uplinkEnd >= .milliseconds(20))
        }
        let again = scenario(.tcp(TCPOptions()), loss: 0.02, seed: seed).run()
        #expect(result.records == again.records)
    }

    /// The first request waits for the handshake, a round trip of both directions' delays.
    @Test func theFirstRequestOpensTheConnection() {
        let options = TCPOptions(initialWindow: 1000)
        let records = scenario(.tcp(options), devices: 1).run().records(of: 0)
        let first = records[0]
        // 28 segments of 52 bytes more than the payload at 8 Mbit/s.
        let span = SimulationDuration.microseconds(40_000 + 28 * 52)
        #expect(first.uplinkEnd - first.uplinkStart == span + .milliseconds(50))
        #expect(
            records.dropFirst().allSatisfy { $0.uplinkEnd - $0.uplinkStart <= span }
        )
        let single = TCPOptions(connection: .perRequest, initialWindow: 1000)
        let alone = scenario(.tcp(single), devices: 1).run().records(of: 0)
        #expect(
            alone.allSatisfy { $0.uplinkEnd - $0.encodeEnd >= span + .milliseconds(50) }
        )
    }

    @Test func aDeviceMoreDoesNotChangeTheOthers() {
        let few = scenario(.tcp(TCPOptions()), loss: 0.05, devices: 2).run()
        let more = scenario(.tcp(TCPOptions()), loss: 0.05, devices: 3).run()
        for device in UInt32(0)..<2 {
            #expect(!few.records(of: device).isEmpty)
            #expect(few.records(of: device) == more.records(of: device))
        }
    }
}
