import Links
import SimulationCore

/// A message's way over a link under TCP.
struct TCPDelivery: Equatable {
    var start: SimulationTime
    var end: SimulationTime
    /// Nil if the message was given up.
    var arrival: SimulationTime?
}

/// Builders of links under TCP; each test states only what it is about.
enum TCPFixture {
    static func model(
        _ specification: LinkSpecification,
        _ options: TCPOptions = TCPOptions(),
        back: SimulationDuration,
        direction: LinkDirection = .uplink,
        seed: UInt64 = 1
    ) -> LinkModel {
        LinkModel(
            specification,
            direction: direction,
            seed: seed,
            tcp: TCPSpecification(options, returnDelay: .constant(back))
        )
    }

    static func link(
        rate: Int64,
        delay: SimulationDuration,
        options: TCPOptions = TCPOptions(),
        loss: LinkSpecification.LossModel = .none,
        direction: LinkDirection = .uplink,
        seed: UInt64 = 1
    ) -> Link {
        let specification = LinkSpecification(
            capacity: .constant(bitsPerSecond: rate),
            delay: .constant(delay),
            loss: loss
        )
        let model = model(specification, options, back: delay, direction: direction, seed: seed)
        return Link(model: model, identity: 0)
    }

    /// What becomes of every message, in order of time.
    static func run(
        _ link: inout Link,
        _ messages: [(time: SimulationTime, bytes: Int)]
    ) -> [TCPDelivery] {
        messages.enumerated().compactMap { request, message in
            let submitted = LinkMessage(device: 0, request: UInt32(request), bytes: message.bytes)
            guard let transmission = link.submit(submitted, at: message.time) else { return nil }
            var arrival: SimulationTime?
            if case .delivered(let time) = transmission.fate { arrival = time }
            return TCPDelivery(start: transmission.start, end: transmission.end, arrival: arrival)
        }
    }
}
