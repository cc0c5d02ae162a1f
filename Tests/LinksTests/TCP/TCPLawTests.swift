import Links
import SimulationCore
import Testing

@Suite struct TCPLawTests {
    private static func ms(_ count: Int64) -> SimulationDuration { .milliseconds(count) }

    /// A datagram link with the same bytes on the wire: 52 of headers for each 1448 of payload.
    private func datagram(rate: Int64, bytes: Int, at time: SimulationTime) -> SimulationTime {
        let specification = LinkSpecification(capacity: .constant(bitsPerSecond: rate))
        let link = Link(
            model: LinkModel(specification, direction: .uplink, seed: 1),
            identity: 0
        )
        let packets = max(1, (bytes + 1447) / 1448)
        return link.predictedEnd(size: bytes + 52 * packets, at: time)
    }

    /// 15 segments of 1 ms each, a round trip of 100 ms and 10 segments at first: the first
    /// acknowledgement comes after 101 ms and allows two more, and so on.
    @Test func sendsInRounds() {
        var link = TCPFixture.link(rate: 12_000_000, delay: Self.ms(50), direction: .downlink)
        let sent = TCPFixture.run(&link, [(.start, 15 * 1448), (.start + .seconds(1), 1448)])
        // Segments 11 to 15 leave after acknowledgements 1 to 3, at 101, 102 and 103 ms.
        #expect(sent[0].end == .start + Self.ms(101 + 5))
        #expect(sent[0].arrival == .start + Self.ms(156))
        #expect(sent[1].end == .start + Self.ms(1001))
    }

    /// Eight segments of 10 ms each, of which the first four leave while the delay is 200 ms, and the others without any.
    @Test func aMessageArrivesWithTheLastOfItsSegments() throws {
        let text = String(repeating: "200\n", count: 5) + String(repeating: "0\n", count: 995)
        let specification = LinkSpecification(
            capacity: .constant(bitsPerSecond: 1_200_000),
            delay: .trace(try DelayTrace.parse([UInt8](text.utf8), file: "test"))
        )
        let model = TCPFixture.model(specification, back: Self.ms(50), direction: .downlink)
        var link = Link(model: model, identity: 0)
        let predicted = link.predictedArrival(size: 8 * 1448, at: .start)
        let sent = TCPFixture.run(&link, [(.start, 8 * 1448)])
        #expect(sent[0].end == .start + Self.ms(80))
        #expect(sent[0].arrival == .start + Self.ms(240) && predicted == sent[0].arrival)
    }

    /// Years of delay and repairs stay within the numbers of time.
    @Test(arguments: [TCPOptions.Connection.keptAlive, .perRequest])
    func roundTripsOfYearsAreGivenUpInTheEnd(connection: TCPOptions.Connection) {
        var link = TCPFixture.link(
            rate: 12_000_000,
            delay: .seconds(8784 * 3600),
            options: TCPOptions(connection: connection),
            loss: .bernoulli(probability: 0.1)
        )
        let messages = (0..<100).map { (SimulationTime.start + Self.ms(100 * $0), 100_000) }
        let sent = TCPFixture.run(&link, messages)
        #expect(sent.count == 100)
        #expect(sent[0].arrival != nil && sent[99].arrival == nil)
    }

    @Test(arguments: [TCPOptions.Connection.keptAlive, .perRequest])
    func openingTakesARoundTrip(connection: TCPOptions.Connection) {
        let options = TCPOptions(connection: connection)
        var link = TCPFixture.link(rate: 12_000_000, delay: Self.ms(20), options: options)
        let second = SimulationTime.start + .seconds(1)
        let sent = TCPFixture.run(&link, [(.start, 1448), (second, 1448)])
        #expect(sent[0].end == .start + Self.ms(41))
        #expect(sent[1].end == second + Self.ms(connection == .perRequest ? 41 : 1))
        #expect(sent[1].start == second)
    }

    @Test(arguments: UInt32(0)..<40) func aHugeWindowIsADatagramAfterTheHandshake(trial: UInt32) {
        var random = RandomDraw(seed: 5, purpose: .test, entity: trial)
        let rate = Int64(1_000_000 + random.below(50_000_000))
        let delay = Self.ms(Int64(random.below(80)))
        let bytes = Int(random.below(1_000_000))
        var link = TCPFixture.link(
            rate: rate,
            delay: delay,
            options: TCPOptions(initialWindow: 1_000_000)
        )
        let sent = TCPFixture.run(&link, [(.start, bytes)])
        #expect(sent[0].end == datagram(rate: rate, bytes: bytes, at: .start + delay + delay))
    }

    @Test(arguments: UInt32(0)..<40) func isNeverFasterThanADatagramAndNeverFasterWithMore(
        trial: UInt32
    ) {
        var random = RandomDraw(seed: 6, purpose: .test, entity: trial)
        let rate = Int64(500_000 + random.below(50_000_000))
        let delay = Self.ms(Int64(random.below(100)))
        let link = TCPFixture.link(rate: rate, delay: delay, direction: .downlink)
        var last = SimulationTime.start
        for step in 1...60 {
            let bytes = step * step * 250
            let end = link.predictedEnd(size: bytes, at: .start)
            #expect(end >= datagram(rate: rate, bytes: bytes, at: .start))
            #expect(end >= last)
            last = end
        }
    }

    /// The window of the first message serves the second; after a long silence it is gone, unless
    /// the scenario keeps it.
    @Test func theWindowLastsUntilTheConnectionIsIdle() {
        func spans(_ shrinks: Bool) -> [SimulationDuration] {
            var link = TCPFixture.link(
                rate: 50_000_000,
                delay: Self.ms(50),
                options: TCPOptions(slowStartAfterIdle: shrinks),
                direction: .downlink
            )
            let times = [0, 1000, 30_000].map { SimulationTime.start + Self.ms($0) }
            let sent = TCPFixture.run(&link, times.map { ($0, 200_000) })
            return zip(sent, times).map { $0.end - $1 }
        }
        let shrinking = spans(true)
        #expect(shrinking[2] == shrinking[0])
        let keeping = spans(false)
        #expect(keeping[0] == shrinking[0])
        #expect(keeping[1] < keeping[0] && keeping[2] == keeping[1])
        #expect(keeping[2] == .init(nanoseconds: 33_156_480))
    }

    /// Messages far below the window do not widen it (RFC 7661).
    @Test func smallMessagesDoNotWidenTheWindow() {
        var link = TCPFixture.link(rate: 50_000_000, delay: Self.ms(50), direction: .downlink)
        var fresh = link
        let big = SimulationTime.start + Self.ms(20_050)
        let small = (0..<200).map { (SimulationTime.start + Self.ms(100 * Int64($0)), 100) }
        let after = TCPFixture.run(&link, small + [(big, 200_000)])
        #expect(after[200].end - big == TCPFixture.run(&fresh, [(.start, 200_000)])[0].end - .start)
    }

    @Test func predictionsComeTrueWithoutLoss() {
        var link = TCPFixture.link(rate: 3_000_000, delay: Self.ms(30))
        var random = RandomDraw(seed: 7, purpose: .test, entity: 0)
        var time = SimulationTime.start
        for request in UInt32(0)..<100 {
            time = time + Self.ms(Int64(random.below(400)))
            let bytes = Int(random.below(100_000))
            let end = link.predictedEnd(size: bytes, at: time)
            let arrival = link.predictedArrival(size: bytes, at: time)
            #expect(arrival == end + Self.ms(30))
            let message = LinkMessage(device: 0, request: request, bytes: bytes)
            _ = link.submit(message, at: time)
            #expect(link.busyUntil == end)
        }
    }

    /// Times depend on loss; what arrives, and its order, does not.
    @Test(arguments: UInt64(1)...20) func lossDelaysAndLosesNothing(seed: UInt64) {
        let loss = LinkSpecification.LossModel.gilbertElliott(
            goodToBad: 0.01,
            badToGood: 0.2,
            lossInGood: 0.005,
            lossInBad: 0.4
        )
        var random = RandomDraw(seed: seed, purpose: .test, entity: 1)
        var time = SimulationTime.start
        let messages = (0..<60).map { _ in
            time = time + Self.ms(Int64(random.below(300)))
            return (time, Int(random.below(80_000)))
        }
        var link = TCPFixture.link(rate: 8_000_000, delay: Self.ms(20), loss: loss, seed: seed)
        var clean = TCPFixture.link(rate: 8_000_000, delay: Self.ms(20), seed: seed)
        let lossy = TCPFixture.run(&link, messages)
        let lossless = TCPFixture.run(&clean, messages)
        let arrivals = lossy.compactMap(\.arrival)
        #expect(arrivals.count == 60 && arrivals == arrivals.sorted())
        #expect(lossy != lossless)
        #expect(lossy.last.map(\.end) ?? .start >= lossless.last.map(\.end) ?? .start)
    }

    /// A lone lost segment is probed for after a time-out of 220 ms, as its acknowledgement might have
    /// been delayed (RFC 8985), sent again 220 ms later, and then after twice as long each.
    @Test func aLostTailWaitsForAProbeThenForTimeouts() {
        var seen: Set<Int64> = []
        for seed in UInt64(1)...400 {
            var link = TCPFixture.link(
                rate: 1_200_000,
                delay: Self.ms(10),
                loss: .bernoulli(probability: 0.4),
                direction: .downlink,
                seed: seed
            )
            let sent = TCPFixture.run(&link, [(.start, 1448)])
            seen.insert((sent[0].end - .start).nanoseconds / 1_000_000)
        }
        #expect(seen.isSuperset(of: [10, 230, 450, 890]))
        #expect(seen.isSubset(of: [10] + (0..<12).map { 10 + (220 << Int64($0)) }))
    }

    @Test func aDeadLinkIsGivenUp() {
        var link = TCPFixture.link(
            rate: 1_000_000,
            delay: Self.ms(10),
            loss: .bernoulli(probability: 1),
            direction: .downlink
        )
        let sent = TCPFixture.run(&link, [(.start, 5000), (.start + .seconds(5), 10)])
        #expect(sent.map(\.arrival) == [nil, nil])
        // 40 ms for a probe, 15 times 220 ms and its doubles up to 120 s, and the last segment's own 12 ms.
        let waits = [40] + (0..<15).map { min(220 << $0, 120_000) } + [12]
        #expect(sent[0].end == .start + Self.ms(Int64(waits.reduce(0, +))))
        #expect(sent[1].start == sent[0].end)
        var opening = TCPFixture.link(
            rate: 1_000_000,
            delay: Self.ms(10),
            loss: .bernoulli(probability: 1)
        )
        // Five seconds, then 2 to 64: Linux's ten repetitions of the first packet.
        #expect(TCPFixture.run(&opening, [(.start, 1)])[0].end == .start + .seconds(131))
    }

    /// A small buffer loses what the window overshoots, and costs time; a large one never does.
    @Test func aSmallBufferLosesSegments() {
        func end(_ buffer: Int?) -> SimulationTime {
            var link = TCPFixture.link(
                rate: 10_000_000,
                delay: Self.ms(20),
                options: TCPOptions(buffer: buffer),
                direction: .downlink
            )
            return TCPFixture.run(&link, [(.start, 1_000_000)])[0].end
        }
        #expect(end(100_000_000) == end(nil))
        #expect(end(10_000) > end(nil))
        #expect(end(10_000) < end(nil) + .seconds(3))
    }

    @Test func copiesOfALinkAreIndependent() {
        var link = TCPFixture.link(rate: 10_000_000, delay: Self.ms(20))
        var copy = link
        _ = TCPFixture.run(&link, [(.start, 300_000)])
        let sent = TCPFixture.run(&copy, [(.start, 1448)])
        #expect(sent[0].end == .start + .init(nanoseconds: 41_200_000))
    }

    /// A buffer holds as many bytes as it says; whatever finds it empty has room.
    @Test func aBufferHoldsWhatItSays() {
        func end(_ segments: Int, buffer: Int) -> SimulationTime {
            var link = TCPFixture.link(
                rate: 12_000_000,
                delay: Self.ms(20),
                options: TCPOptions(buffer: buffer),
                direction: .downlink
            )
            return TCPFixture.run(&link, [(.start, 1448 * segments)])[0].end
        }
        #expect(end(2, buffer: 3000) == .start + Self.ms(2))
        #expect(end(2, buffer: 2999) > .start + Self.ms(40))
        #expect(end(1, buffer: 1) == .start + Self.ms(1))
    }

    /// Two messages at once, each over a connection of its own: the second is as alone once the first has left.
    @Test func connectionsOfOneDeviceTakeTurns() {
        let options = TCPOptions(connection: .perRequest, initialWindow: 20)
        let link = TCPFixture.link(rate: 20_000_000, delay: Self.ms(20), options: options)
        var (alone, both) = (link, link)
        let single = TCPFixture.run(&alone, [(.start, 500_000)])[0].end
        let sent = TCPFixture.run(&both, [(.start, 500_000), (.start, 500_000)])
        #expect(sent[0].end == single)
        // Its handshake is over by then.
        #expect(sent[1].end - sent[0].end == single - (.start + Self.ms(40)))
    }

    /// 3050 bytes are three segments, of 52 and 40 bytes more each.
    @Test func overheadCountsPerMessageAndPerSegment() {
        let specification = LinkSpecification(
            capacity: .constant(bitsPerSecond: 8_000),
            overhead: .init(perMessage: 100, perPacket: 40)
        )
        let model = TCPFixture.model(specification, back: .zero, direction: .downlink)
        var link = Link(model: model, identity: 0)
        let sent = TCPFixture.run(&link, [(.start, 2950)])
        #expect(sent[0].end == .start + Self.ms(3050 + 3 * 92))
    }
}
