import SimulationCore
import Testing

@testable import Links

/// Connections over links whose delays follow traces.
@Suite struct TCPDelayTraceTests {
    private func ms(_ count: Int64) -> SimulationDuration { .milliseconds(count) }

    private func delays(_ milliseconds: [Int]) throws -> LinkSpecification.Delay {
        let text = milliseconds.map { "\($0)\n" }.joined()
        return .trace(try DelayTrace.parse([UInt8](text.utf8), file: "test"))
    }

    /// A link whose delays change each 10 ms, in which it sends one segment.
    private func link(
        delay: [Int],
        back: [Int],
        options: TCPOptions = TCPOptions(),
        direction: LinkDirection = .downlink,
        offset: SimulationDuration = .zero
    ) throws -> Link {
        let specification = LinkSpecification(
            capacity: .constant(bitsPerSecond: 1_200_000),
            delay: try delays(delay)
        )
        let model = LinkModel(
            specification,
            direction: direction,
            seed: 1,
            tcp: TCPSpecification(options, returnDelay: try delays(back))
        )
        return Link(model: model, identity: 0, offset: offset)
    }

    /// The handshake takes both directions' delays at the link's place in their traces.
    @Test(arguments: [(0, 50), (10, 70), (20, 50)])
    func anOffsetEntersTheDelaysLater(offset: Int64, trip: Int64) throws {
        var link = try link(
            delay: [20, 30],
            back: [30, 40],
            direction: .uplink,
            offset: ms(offset)
        )
        let sent = TCPFixture.run(&link, [(.start, 1448)])
        #expect(sent[0].end == .start + ms(trip + 10))
    }

    /// Two segments leave at 10 and 20 ms, and the second would overtake the first, whose delay is 100 ms longer: both
    /// arrive at 110 ms and are acknowledged 50 ms later, and not the second after 200 ms, at its own time.
    @Test func whatWouldOvertakeArrivesBehind() throws {
        var link = try link(
            delay: [0, 100] + Array(repeating: 0, count: 98),
            back: [50, 50, 200] + Array(repeating: 50, count: 97),
            options: TCPOptions(initialWindow: 2)
        )
        // Each acknowledgement lets two more go.
        let sent = TCPFixture.run(&link, [(.start, 6 * 1448)])
        #expect(sent[0].end == .start + ms(160 + 40))
    }

    /// The second acknowledgement would overtake the first and come after 20 ms, less than the 30 ms of the handshake;
    /// both come at 110 ms.
    @Test func acknowledgementsDoNotOvertake() throws {
        var link = try link(
            delay: [0, 0],
            back: [30, 100] + Array(repeating: 0, count: 98),
            options: TCPOptions(initialWindow: 2)
        )
        _ = TCPFixture.run(&link, [(.start, 2 * 1448), (.start + ms(500), 1)])
        #expect(link.connections[0].lastAcknowledged == 2)
        #expect(link.connections[0].roundTrip.shortest == ms(30))
    }
}
