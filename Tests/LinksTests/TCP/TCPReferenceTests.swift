import SimulationCore
import Testing

@testable import Links

/// A link under TCP against a list of all transmissions; they must agree in every nanosecond.
@Suite struct TCPReferenceTests {
    @Test(arguments: UInt32(0)..<96)
    func agreesOnRandomLinksAndTraffic(trial: UInt32) {
        var random = RandomDraw(seed: 41, purpose: .test, entity: trial)
        let rate = Int64(300_000 + random.below(40_000_000))
        let delay = Int64(random.below(80_000_000))
        let back = Int64(random.below(80_000_000))
        let initial = Int(1 + random.below(20))
        let loss = [0, 0.002, 0.02, 0.15][Int(trial % 4)]
        let buffer = trial % 3 == 0 ? Int(3_000 + random.below(100_000)) : nil
        var time: Int64 = 0
        let messages = (0..<16).map { _ in
            time += Int64(random.below(random.chance(0.2) ? 3_000_000_000 : 150_000_000))
            return (time: time, bytes: Int(random.below(random.chance(0.2) ? 200_000 : 20_000)))
        }
        var reference = ReferenceTCP(
            rate: rate,
            delay: delay,
            back: back,
            buffer: buffer ?? .max,
            initialWindow: initial,
            loss: loss,
            seed: UInt64(trial)
        )
        let specification = LinkSpecification(
            capacity: .constant(bitsPerSecond: rate),
            delay: .constant(SimulationDuration(nanoseconds: delay)),
            loss: loss == 0 ? .none : .bernoulli(probability: loss)
        )
        let model = TCPFixture.model(
            specification,
            TCPOptions(initialWindow: initial, buffer: buffer),
            back: SimulationDuration(nanoseconds: back),
            direction: .downlink,
            seed: UInt64(trial)
        )
        var link = Link(model: model, identity: 0)
        let sent = TCPFixture.run(
            &link,
            messages.map { (SimulationTime(nanoseconds: $0.time), $0.bytes) }
        )
        #expect(sent.map(\.end.nanoseconds) == reference.run(messages))
    }
}
