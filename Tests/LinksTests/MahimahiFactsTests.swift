import Links
import SimulationCore
import Testing

/// What the emulator Mahimahi is known to do.
@Suite struct MahimahiFactsTests {
    /// When the last of `count` packets of 1500 bytes has left, all submitted at the start.
    private func end(_ trace: BandwidthTrace, packets count: Int) -> SimulationTime {
        let model = LinkModel(
            LinkSpecification(capacity: .trace(trace)),
            direction: .uplink,
            seed: 0
        )
        let link = Link(model: model, identity: 0)
        return link.predictedEnd(size: count * 1500, at: .start)
    }

    @Test func aFileThatHoldsOneIsTwelveMegabits() throws {
        let trace = try TestTraces.parse("1\n")
        #expect(trace.meanBitsPerSecond == 12_000_000)
        #expect(end(trace, packets: 1000) == .start + .seconds(1))
    }

    @Test(arguments: [1, 2, 9, 100])
    func countingFromZeroGivesOneOpportunityMore(last: Int) throws {
        let trace = try TestTraces.parse((0...last).map { "\($0)\n" }.joined())
        #expect(
            trace.meanBitsPerSecond.rounded()
                == (Double(last + 1) / Double(last) * 12_000_000).rounded()
        )
        // The opportunity at 0 is gone for what arrives at 0, and comes again with each period.
        let whole = 50 * (last + 1) - 1
        #expect(end(trace, packets: whole) == .start + .milliseconds(Int64(50 * last)))
    }

    @Test(
        .enabled(if: TestTraces.folder != nil, TestTraces.absent),
        arguments: [(Int64(0), Int64(21)), (10, 52), (50, 48)]
    )
    func twentyThousandBytesOverVerizon(start: Int64, milliseconds: Int64) throws {
        let trace = try TestTraces.load("mahimahi/Verizon-LTE-short.up")
        let model = LinkModel(
            LinkSpecification(capacity: .trace(trace)),
            direction: .uplink,
            seed: 0
        )
        var link = Link(model: model, identity: 0)
        let time = SimulationTime.start + .seconds(start)
        let message = LinkMessage(device: 0, request: 0, bytes: 20_000)
        #expect(link.submit(message, at: time)?.end == time + .milliseconds(milliseconds))
    }

    @Test func smallPacketsShareAnOpportunityAndTheRestIsWastedWhenIdle() throws {
        var driver = LinkDriver(
            LinkSpecification(capacity: .trace(try TestTraces.parse("10\n20\n30\n")))
        )
        let ends = driver.run([
            (.start, 700), (.start, 700), (.start, 200),
            (.start + .milliseconds(20), 1),
        ]).compactMap { $0.transmission?.end }
        // 100 bytes of the third spill into 20 ms; what comes at 20 ms waits for 30 ms.
        #expect(ends == [10, 10, 20, 30].map { .start + .milliseconds($0) })
    }
}
