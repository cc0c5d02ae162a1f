import Cluster
import Links
import Scenario
import SimulationCore

/// Scenarios drawn from a seed: overload, losses, traces, TCP, tiny queues and time-outs are common.
enum RandomScenario {
    static func draw(_ seed: UInt64) -> Scenario {
        var draw = RandomDraw(seed: seed, purpose: .test, entity: 0)
        let links = (0..<3).map { _ in path(&draw) }
        let devices = (0..<1 + Int(draw.below(3))).map { _ in group(&draw, links: links.count) }
        let edges = (0..<1 + Int(draw.below(2))).map { _ in edge(&draw) }
        return TestScenario.synthetic(
            TestScenario.work(
                payload: Int(draw.below(20_000)),
                result: Int(draw.below(2_000)),
                device: duration(&draw),
                edge: duration(&draw)
            ),
            seed: seed,
            duration: .milliseconds(3000),
            drain: .milliseconds(Int64(draw.below(2) * draw.below(100_000))),
            links: links,
            devices: devices,
            edges: edges,
            balancer: Scenario.Balancing.allCases[Int(draw.below(4))]
        )
    }

    private static func path(_ draw: inout RandomDraw) -> LinkPath {
        LinkPath(
            name: "path",
            isShared: draw.chance(0.4),
            transport: draw.chance(0.3) ? .tcp(tcp(&draw)) : .datagram,
            uplink: link(&draw),
            downlink: link(&draw)
        )
    }

    private static func tcp(_ draw: inout RandomDraw) -> TCPOptions {
        TCPOptions(
            connection: draw.chance(0.5) ? .keptAlive : .perRequest,
            slowStartAfterIdle: draw.chance(0.5),
            buffer: draw.chance(0.5) ? 20_000 : nil
        )
    }

    private static func link(_ draw: inout RandomDraw) -> LinkSpecification {
        var link = TestScenario.link(
            Int64(100_000 + draw.below(10_000_000)),
            delay: .microseconds(Int64(draw.below(30_000))),
            jitter: .microseconds(Int64(draw.below(2) * draw.below(20_000))),
            loss: draw.chance(0.5) ? 0.1 * draw.unit() : 0,
            attempts: Int(draw.below(3)),
            retransmission: .milliseconds(Int64(draw.below(100))),
            bytes: draw.chance(0.5) ? Int(draw.below(60_000)) : nil
        )
        if draw.chance(0.3) {
            link.capacity = .trace(trace(&draw))
            link.offset = draw.chance(0.5) ? .random : .fixed(.milliseconds(700))
        }
        if draw.chance(0.2) {
            link.loss = .gilbertElliott(
                goodToBad: 0.05,
                badToGood: 0.3,
                lossInGood: 0,
                lossInBad: 0.4
            )
        }
        if draw.chance(0.3) {
            link.overhead = .init(
                perMessage: Int(draw.below(200)),
                perPacket: Int(draw.below(60))
            )
        }
        if draw.chance(0.3) { link.queue.packets = Int(draw.below(40)) }
        return link
    }

    /// Packets of 1500 bytes in some of the milliseconds of a second.
    private static func trace(_ draw: inout RandomDraw) -> BandwidthTrace {
        var lines = ""
        for millisecond in 1..<1000 where draw.chance(0.3) { lines += "\(millisecond)\n" }
        do {
            return try BandwidthTrace.parse(
                Array((lines + "1000\n").utf8),
                file: "drawn",
                options: TraceOptions()
            )
        } catch {
            preconditionFailure("\(error)")
        }
    }

    private static func duration(_ draw: inout RandomDraw) -> DurationDistribution {
        let mean = SimulationDuration.microseconds(Int64(1 + draw.below(20_000)))
        switch draw.below(3) {
        case 0: return .constant(mean)
        case 1: return .exponential(mean: mean)
        default: return .uniform(low: .zero, high: mean)
        }
    }

    private static func group(_ draw: inout RandomDraw, links: Int) -> DeviceGroup {
        let rate = 1 + 60 * draw.unit()
        let arrivals: DeviceGroup.Arrivals
        switch draw.below(4) {
        case 0: arrivals = .poisson(rate: rate)
        case 1:
            arrivals = .periodic(
                period: 20e6,
                jitter: .milliseconds(Int64(draw.below(60))),
                phase: nil
            )
        case 2: arrivals = .closed(concurrency: 1 + Int(draw.below(4)), think: duration(&draw))
        default:
            let counts = (0..<20).map { _ in UInt32(draw.below(20)) }
            arrivals = .trace(.counts(counts, interval: .milliseconds(100)))
        }
        return TestScenario.group(
            arrivals,
            count: Int(1 + draw.below(5)),
            link: Int(draw.below(UInt64(links))),
            timeout: draw.chance(0.6) ? .milliseconds(Int64(1 + draw.below(300))) : nil,
            queue: Int(draw.below(2) * draw.below(10))
        )
    }

    private static func edge(_ draw: inout RandomDraw) -> EdgeGroup {
        TestScenario.edge(
            count: 1 + Int(draw.below(3)),
            slots: 1 + Int(draw.below(3)),
            batch: 1 + Int(draw.below(6)),
            wait: .milliseconds(Int64(draw.below(2) * draw.below(15))),
            queue: Int(draw.below(20))
        )
    }
}
