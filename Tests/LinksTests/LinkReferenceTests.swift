import Links
import SimulationCore
import Testing

/// `Link` against a link that sends every packet in turn; they must agree in every nanosecond.
@Suite struct LinkReferenceTests {
    @Test(arguments: UInt32(0)..<120)
    func agreesOnRandomLinksAndTraffic(trial: UInt32) throws {
        var random = RandomDraw(seed: 99, purpose: .test, entity: trial)
        let capacity = Self.capacity(&random)
        let specification = try Self.specification(capacity, &random)
        let submissions = Self.traffic(&random, count: 60)
        var reference = ReferenceLink(
            specification,
            capacity: capacity,
            seed: UInt64(trial),
            device: trial
        )
        let expected = reference.run(submissions)
        var driver = LinkDriver(specification, seed: UInt64(trial), device: trial)
        #expect(driver.run(submissions, device: trial) == expected)
        // Conservation: a message is dropped, lost or delivered, and only once.
        let last = Dictionary(grouping: expected, by: \.request).compactMapValues(\.last)
        #expect(last.count == submissions.count)
        for attempt in last.values {
            if case .retransmit = attempt.transmission?.fate {
                Issue.record("an attempt is missing")
            }
        }
    }

    private static func capacity(_ random: inout RandomDraw) -> ReferenceCapacity {
        switch random.below(5) {
        case 0: return .constant(Int64(1 + random.below(100_000_000)))
        case 1, 2:
            var time: Int64 = 0
            let count = 1 + random.below(60)
            var times = (0..<count).map { _ in
                time += Int64(random.below(3) == 0 ? random.below(30) : random.below(2))
                return time
            }
            if time == 0 { times.append(1) }
            return .opportunities(times, Int64([1500, 1504, 300][Int(random.below(3))]))
        default:
            var steps = (0..<(1 + random.below(20))).map { _ in
                let rate = random.below(3) == 0 ? 0 : Int64(random.below(20_000_000))
                return (duration: Int64(1 + random.below(300_000_000)), rate: rate)
            }
            steps.append((duration: 1_000_003, rate: 777_777))
            return .rates(steps)
        }
    }

    private static func specification(
        _ capacity: ReferenceCapacity,
        _ random: inout RandomDraw
    ) throws -> LinkSpecification {
        var specification = LinkSpecification(capacity: try capacity.capacity())
        specification.delay = .constant(
            SimulationDuration(nanoseconds: Int64(random.below(30_000_000)))
        )
        specification.jitter = SimulationDuration(nanoseconds: Int64(random.below(20_000_000)))
        specification.loss =
            switch random.below(3) {
            case 0: .none
            case 1: .bernoulli(probability: 0.05)
            default:
                .gilbertElliott(goodToBad: 0.1, badToGood: 0.3, lossInGood: 0.01, lossInBad: 0.4)
            }
        specification.retransmission = .init(
            timeout: SimulationDuration(nanoseconds: Int64(1 + random.below(50_000_000))),
            attempts: Int(random.below(4))
        )
        if random.below(2) == 0 { specification.queue.bytes = Int(1500 + random.below(60_000)) }
        if random.below(2) == 0 { specification.queue.packets = Int(1 + random.below(40)) }
        if random.below(2) == 0 {
            specification.overhead = .init(
                perMessage: Int(random.below(100)),
                perPacket: Int(random.below(60))
            )
        }
        return specification
    }

    /// Bursts and pauses; many times are whole milliseconds and many messages small, so that ends,
    /// opportunities and submissions fall together.
    private static func traffic(
        _ random: inout RandomDraw,
        count: Int
    ) -> [(time: SimulationTime, bytes: Int)] {
        var time: Int64 = 0
        return (0..<count).map { _ in
            switch random.below(4) {
            case 0: break
            case 1: time += Int64(random.below(10)) * 1_000_000
            case 2: time += Int64(random.below(40_000_000))
            default: time += Int64(random.below(5)) * 200_000_000
            }
            let bytes = [0, 1, 1500, 1501, Int(random.below(30_000))][Int(random.below(5))]
            return (SimulationTime(nanoseconds: time), bytes)
        }
    }
}

extension LinkReferenceTests {
    @Test(
        .enabled(if: TestTraces.folder != nil, TestTraces.absent),
        arguments: [
            "mahimahi/ATT-LTE-driving-2016.up", "mahimahi/TMobile-UMTS-driving.up",
            "mahimahi/Verizon-LTE-short.up", "leocc-starlink/bw_example.0-15s.txt",
        ]
    )
    func agreesOnRealOpportunities(name: String) throws {
        let lines = String(decoding: try TestTraces.bytes(name), as: UTF8.self)
            .split(separator: "\n")
        try agrees(.opportunities(lines.compactMap { Int64($0) }, 1500))
    }

    @Test(
        .enabled(if: TestTraces.folder != nil, TestTraces.absent),
        arguments: ["solis-wifi/wifi_office_231114-153348.txt", "lumos5g/5g_trace_44_walking"]
    )
    func agreesOnRealRates(name: String) throws {
        let rows = String(decoding: try TestTraces.bytes(name), as: UTF8.self)
            .split(separator: "\n").map { $0.split(separator: "\t").compactMap { Double($0) } }
        var steps = zip(rows, rows.dropFirst()).map { row, next in
            (
                duration: Int64(((next[0] - row[0]) * 1e9).rounded()),
                rate: Int64((row[1] * 1e6).rounded())
            )
        }
        steps.append(
            (steps[steps.count - 1].duration, Int64((rows[rows.count - 1][1] * 1e6).rounded()))
        )
        let capacity = ReferenceCapacity.rates(steps)
        guard case .trace(let trace) = try capacity.capacity() else {
            Issue.record("the capacity is no trace")
            return
        }
        #expect(try trace == TestTraces.load(name))
        try agrees(capacity)
    }

    private func agrees(_ capacity: ReferenceCapacity) throws {
        var random = RandomDraw(seed: 5, purpose: .test, entity: 0)
        let specification = LinkSpecification(
            capacity: try capacity.capacity(),
            loss: .bernoulli(probability: 0.002),
            queue: .init(bytes: 200_000)
        )
        var time: Int64 = 0
        let submissions = (0..<300).map { _ in
            time += random.exponential(mean: .milliseconds(500)).nanoseconds
            return (time: SimulationTime(nanoseconds: time), bytes: Int(random.below(100_000)))
        }
        var reference = ReferenceLink(specification, capacity: capacity, seed: 3, device: 4)
        var driver = LinkDriver(specification, seed: 3, device: 4)
        #expect(driver.run(submissions, device: 4) == reference.run(submissions))
    }
}
