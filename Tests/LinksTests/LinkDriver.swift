import Links
import SimulationCore

/// Submits messages to a `Link`, and again those that it says are to be retransmitted, in order of time.
struct LinkDriver {
    private var link: Link

    init(
        _ specification: LinkSpecification,
        seed: UInt64 = 1,
        device: UInt32 = 0,
        offset: SimulationDuration = .zero
    ) {
        let model = LinkModel(specification, direction: .uplink, seed: seed)
        self.link = Link(model: model, identity: device, offset: offset)
    }

    /// Everything that becomes of submissions in order of time, by request and attempt.
    mutating func run(
        _ submissions: [(time: SimulationTime, bytes: Int)],
        device: UInt32 = 0
    ) -> [Attempt] {
        var attempts: [Attempt] = []
        var pending = submissions.enumerated().map { index, submission in
            (
                time: submission.time,
                message: LinkMessage(
                    device: device,
                    request: UInt32(index),
                    bytes: submission.bytes
                )
            )
        }
        while let next = pending.indices.min(by: {
            (pending[$0].time, pending[$0].message.request)
                < (pending[$1].time, pending[$1].message.request)
        }) {
            let (time, message) = pending.remove(at: next)
            let transmission =
                message.attempt == 0
                ? link.submit(message, at: time) : link.rejoin(message, at: time)
            attempts.append(
                Attempt(
                    request: message.request,
                    attempt: message.attempt,
                    transmission: transmission
                )
            )
            if case .retransmit(let again) = transmission?.fate {
                var next = message
                next.attempt += 1
                pending.append((again, next))
            }
        }
        return attempts.sorted { ($0.request, $0.attempt) < ($1.request, $1.attempt) }
    }
}
