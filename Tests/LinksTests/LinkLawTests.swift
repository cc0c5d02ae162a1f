import Links
import SimulationCore
import Testing

@Suite struct LinkLawTests {
    private func uplink(_ specification: LinkSpecification, identity: UInt32 = 0) -> Link {
        Link(
            model: LinkModel(specification, direction: .uplink, seed: 8),
            identity: identity
        )
    }

    @Test func delayNeverLowersABackloggedLinksThroughput() throws {
        let trace = try TestTraces.parse("0 3\n1 0.5\n2.5 7\n")
        let submissions = (0..<200).map { index in
            (time: SimulationTime.start + .milliseconds(Int64(index)), bytes: 9000)
        }
        var ends: [[SimulationTime?]] = []
        for delay in [Int64(0), 1, 50, 5000] {
            var driver = LinkDriver(
                LinkSpecification(
                    capacity: .trace(trace),
                    delay: .constant(.milliseconds(delay)),
                    loss: .bernoulli(probability: 0.01),
                    queue: .init(bytes: 400_000)
                )
            )
            ends.append(driver.run(submissions).map { $0.transmission?.end })
        }
        #expect(ends.allSatisfy { $0 == ends[0] })
    }

    @Test func arrivalsKeepTheirOrderUnderJitterAndFallingDelay() throws {
        let delays = try DelayTrace.parse([UInt8]("90\n10\n50\n1\n".utf8), file: "test")
        var driver = LinkDriver(
            LinkSpecification(
                capacity: .constant(bitsPerSecond: 10_000_000),
                delay: .trace(delays),
                jitter: .milliseconds(30)
            )
        )
        let submissions = (0..<300).map { index in
            (time: SimulationTime.start + .milliseconds(Int64(index)), bytes: 100)
        }
        let arrivals = driver.run(submissions).compactMap { attempt -> SimulationTime? in
            guard case .delivered(let arrival) = attempt.transmission?.fate else { return nil }
            return arrival
        }
        #expect(arrivals.count == 300)
        #expect(arrivals == arrivals.sorted())
    }

    @Test func delayIsReadAtTheEndOfTheTransmissionAndOffset() throws {
        let delays = try DelayTrace.parse([UInt8]("5\n7\n".utf8), file: "test")
        let specification = LinkSpecification(
            capacity: .constant(bitsPerSecond: 8_000),
            delay: .trace(delays)
        )
        for (offset, delay) in [(Int64(0), Int64(7)), (10, 5), (20, 7)] {
            var driver = LinkDriver(specification, offset: .milliseconds(offset))
            // 10 bytes take 10 ms, at which the second step begins.
            let fate = driver.run([(.start, 10)])[0].transmission?.fate
            #expect(fate == .delivered(arrival: .start + .milliseconds(10 + delay)))
        }
    }

    @Test func anOffsetEntersTheTraceLater() throws {
        let trace = try TestTraces.parse("0 8\n1 16\n")
        let specification = LinkSpecification(capacity: .trace(trace))
        var late = LinkDriver(specification, offset: .seconds(1))
        #expect(late.run([(.start, 2_000_000)])[0].transmission?.end == .start + .seconds(1))
        var early = LinkDriver(specification)
        #expect(
            early.run([(.start, 2_000_000)])[0].transmission?.end
                == .start + .milliseconds(1500)
        )
    }

    @Test func randomOffsetsSpreadOverThePeriodAndBelongToTheDevice() throws {
        var specification = LinkSpecification(
            capacity: .trace(try TestTraces.parse("0 8\n1 16\n"))
        )
        specification.offset = .random
        let offsets = (0..<1000).map { specification.resolvedOffset(seed: 1, device: $0) }
        #expect(offsets.allSatisfy { $0 >= .zero && $0 < .seconds(2) })
        #expect(Set(offsets).count == 1000)
        #expect(specification.resolvedOffset(seed: 1, device: 17) == offsets[17])
        let mean = offsets.reduce(0) { $0 + $1.seconds } / 1000
        #expect(abs(mean - 1) < 0.1)
    }

    @Test func gilbertElliottLosesItsStationaryShare() {
        let specification = LinkSpecification(
            capacity: .constant(bitsPerSecond: 1_000_000_000),
            loss: .gilbertElliott(
                goodToBad: 0.05,
                badToGood: 0.2,
                lossInGood: 0.01,
                lossInBad: 0.5
            ),
            retransmission: .init(attempts: 0)
        )
        var driver = LinkDriver(specification)
        let submissions = (0..<8000).map { index in
            (time: SimulationTime.start + .milliseconds(Int64(index)), bytes: 1000)
        }
        let lost = driver.run(submissions).count { $0.transmission?.fate == .lost }
        // In the bad state 0.05 / 0.25 of the time: 0.2 * 0.5 + 0.8 * 0.01.
        #expect(abs(Double(lost) / 8000 - 0.108) < 0.02)
    }

    @Test func gilbertElliottBeginsInItsStationaryState() {
        let specification = LinkSpecification(
            capacity: .constant(bitsPerSecond: 1_000_000_000),
            loss: .gilbertElliott(
                goodToBad: 0.001,
                badToGood: 0.003,
                lossInGood: 0,
                lossInBad: 1
            ),
            retransmission: .init(attempts: 0)
        )
        let lost = (UInt32(0)..<2000).count { device in
            var driver = LinkDriver(specification, device: device)
            return driver.run([(.start, 1)], device: device)[0].transmission?.fate == .lost
        }
        #expect(abs(Double(lost) / 2000 - 0.25) < 0.05)
    }

    @Test func aPacketOfEachMessageCountsForLoss() {
        var losses: [Int] = []
        for bytes in [1500, 15_000] {
            var driver = LinkDriver(
                LinkSpecification(
                    capacity: .constant(bitsPerSecond: 1_000_000_000),
                    loss: .bernoulli(probability: 0.05),
                    retransmission: .init(attempts: 0)
                )
            )
            let submissions = (0..<4000).map { index in
                (time: SimulationTime.start + .milliseconds(Int64(index)), bytes: bytes)
            }
            losses.append(driver.run(submissions).count { $0.transmission?.fate == .lost })
        }
        #expect(abs(Double(losses[0]) / 4000 - 0.05) < 0.015)
        #expect(abs(Double(losses[1]) / 4000 - 0.4013) < 0.04)
    }

    @Test func aMessageLargerThanTheBoundIsAdmittedOnlyToAnEmptyQueue() {
        var link = uplink(
            LinkSpecification(
                capacity: .constant(bitsPerSecond: 8_000_000),
                queue: .init(bytes: 3000)
            )
        )
        func message(_ request: UInt32, _ bytes: Int) -> LinkMessage {
            LinkMessage(device: 0, request: request, bytes: bytes)
        }
        let end = SimulationTime.start + .milliseconds(10)
        #expect(link.submit(message(0, 10_000), at: .start)?.end == end)
        #expect(link.submit(message(1, 1), at: .start) == nil)
        #expect(link.submit(message(2, 1), at: end)?.start == end)
        #expect(link.queuedBytes(at: end) == 1)
        #expect(link.submit(message(3, 2999), at: end)?.start == end + .microseconds(1))
        #expect(link.submit(message(4, 1), at: end) == nil)
        #expect(link.queuedMessages(at: end) == 2)
        // A message counts until its end.
        let next = end + .microseconds(1)
        #expect(link.queuedMessages(at: next) == 1 && link.queuedBytes(at: next) == 2999)
        #expect(link.queuedMessages(at: end + .milliseconds(3)) == 0)
    }

    /// Bursts that the link catches up with between them; of each message it counts all until its end.
    @Test func theBacklogIsWhatHasNotEnded() {
        var random = RandomDraw(seed: 2, purpose: .test, entity: 0)
        var link = uplink(LinkSpecification(capacity: .constant(bitsPerSecond: 8_000_000)))
        var past: [(end: SimulationTime, bytes: Int)] = []
        var time = SimulationTime.start
        var longest = 0
        for request in UInt32(0)..<2000 {
            // A kilobyte takes a millisecond, in which three come, or hardly more than one; and then none for a while.
            let spread: UInt64 = request % 800 < 400 ? 660 : 1800
            let pause = request % 400 == 0 ? 1_000_000 : Int64(random.below(spread))
            time = time + .microseconds(pause)
            let bytes = Int(random.below(2000))
            _ = link.submit(LinkMessage(device: 0, request: request, bytes: bytes), at: time)
            past.append((link.busyUntil, bytes))
            let later = time + .microseconds(Int64(random.below(300_000)))
            for time in [time, later] {
                let open = past.filter { $0.end > time }
                #expect(link.queuedMessages(at: time) == open.count)
                #expect(link.queuedBytes(at: time) == open.reduce(0) { $0 + $1.bytes })
                longest = max(longest, open.count)
            }
        }
        #expect(longest > 200)
    }

    @Test func theOracleForetellsWhatHappens() throws {
        var random = RandomDraw(seed: 1, purpose: .test, entity: 0)
        let trace = try TestTraces.parse("0 3\n1 0\n2.5 7\n")
        // What would overtake arrives with the one before it.
        let delays = try DelayTrace.parse([UInt8]("900\n1\n500\n40\n".utf8), file: "test")
        var link = uplink(LinkSpecification(capacity: .trace(trace), delay: .trace(delays)))
        var time = SimulationTime.start
        for request in UInt32(0)..<100 {
            let bytes = Int(random.below(200_000))
            let foretold = link.predictedEnd(size: bytes, at: time)
            let arrival = link.predictedArrival(size: bytes, at: time)
            let start = max(time, link.busyUntil)
            let message = LinkMessage(device: 0, request: request, bytes: bytes)
            let transmission = link.submit(message, at: time)
            #expect(
                transmission
                    == Transmission(start: start, end: foretold, fate: .delivered(arrival: arrival))
            )
            time = time + .milliseconds(Int64(random.below(300)))
        }
    }

    @Test func overheadCountsPerMessageAndPerPacket() {
        let specification = LinkSpecification(
            capacity: .constant(bitsPerSecond: 8_000),
            overhead: .init(perMessage: 100, perPacket: 40)
        )
        let link = uplink(specification)
        // 2950 and 100 bytes are three packets.
        #expect(
            link.predictedEnd(size: 2950, at: .start) == .start + .milliseconds(3050 + 120)
        )
    }

    /// The two directions of a path draw for themselves.
    @Test func directionsAreIndependent() {
        var specification = LinkSpecification(
            capacity: .constant(bitsPerSecond: 1_000_000_000),
            jitter: .milliseconds(30),
            retransmission: .init(attempts: 0)
        )
        func fates(_ direction: LinkDirection) -> [Transmission.Fate?] {
            let model = LinkModel(specification, direction: direction, seed: 8)
            return (UInt32(0)..<200).map { device in
                var link = Link(model: model, identity: device)
                return link.submit(LinkMessage(device: device, request: 0, bytes: 1), at: .start)?
                    .fate
            }
        }
        func alike() -> Int { zip(fates(.uplink), fates(.downlink)).count { $0 == $1 } }
        #expect(alike() == 0)
        specification.jitter = .zero
        specification.loss = .bernoulli(probability: 0.5)
        #expect((60...140).contains(alike()))
        // Lost where the chain begins in its bad state.
        specification.loss = .gilbertElliott(
            goodToBad: 0.5,
            badToGood: 0.5,
            lossInGood: 0,
            lossInBad: 1
        )
        #expect((60...140).contains(alike()))
    }

    /// A link that would take longer than there is time is busy until the latest end, wherever it entered its trace.
    @Test(arguments: [0, 900_000_000_000_000_000] as [Int64]) func endsAreCutOff(offset: Int64) {
        let specification = LinkSpecification(
            capacity: .constant(bitsPerSecond: 1),
            delay: .constant(.seconds(1))
        )
        let model = LinkModel(specification, direction: .uplink, seed: 8)
        var link = Link(model: model, identity: 0, offset: SimulationDuration(nanoseconds: offset))
        for request in UInt32(0)..<3 {
            _ = link.submit(LinkMessage(device: 0, request: request, bytes: 1 << 31), at: .start)
            #expect(link.busyUntil.nanoseconds == 1 << 62)
        }
    }
}
