import Links
import SimulationCore
import Testing

@Suite struct LinkSpecificationTests {
    @Test func fixedOffsetIsTakenAsStated() {
        var specification = LinkSpecification(capacity: .constant(bitsPerSecond: 1))
        specification.offset = .fixed(.seconds(3))
        #expect(specification.resolvedOffset(seed: 1, device: 2) == .seconds(3))
    }

    /// The capacity's trace, or else the delay's; without one there is no place to enter.
    @Test func randomOffsetsLieInTheTracesPeriod() throws {
        let delay = LinkSpecification.Delay.trace(
            try DelayTrace.parse([UInt8]("5\n7\n".utf8), file: "test")
        )
        let rate = LinkSpecification.Capacity.trace(try TestTraces.parse("0 8\n1 16\n"))
        let constant = LinkSpecification.Capacity.constant(bitsPerSecond: 1)
        func longest(_ specification: LinkSpecification) -> Int64 {
            var specification = specification
            specification.offset = .random
            let offsets = (0..<1000).map { specification.resolvedOffset(seed: 1, device: $0) }
            return (offsets.max() ?? .zero).nanoseconds
        }
        // 20 ms and 2 s.
        #expect(
            (19_000_000..<20_000_000).contains(longest(.init(capacity: constant, delay: delay)))
        )
        #expect(
            (1_900_000_000..<2_000_000_000).contains(longest(.init(capacity: rate, delay: delay)))
        )
        #expect(longest(.init(capacity: constant)) == 0)
    }

    @Test func theShortestDelayIsTheTracesLeast() throws {
        let trace = try DelayTrace.parse([UInt8]("5\n2\n7\n".utf8), file: "test")
        #expect(LinkSpecification.Delay.trace(trace).shortest == .milliseconds(2))
        #expect(LinkSpecification.Delay.constant(.milliseconds(3)).shortest == .milliseconds(3))
    }

    /// A rate holds until the next row's time and the last one as long as the one before it; of rows with the same
    /// time the last counts.
    @Test func aRateHoldsUntilTheNextRow() throws {
        let trace = try TestTraces.parse("0 8\n1 16\n3 4\n")
        #expect(trace.period == .seconds(5))
        // 8 + 2 · 16 + 2 · 4 Mbit in 5 s.
        #expect(trace.meanBitsPerSecond == 9.6e6)
        #expect(try TestTraces.parse("0 2\n0 8\n1 7\n1 9\n1 16\n3 4\n") == trace)
    }
}
