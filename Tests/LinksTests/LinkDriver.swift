import Links
import SimulationCore
import Testing

/// Runs a `Link` through an event list, as the virtual clock would.
struct LinkDriver {
    private enum Event {
        case rejoin(LinkMessage)
        case end
    }

    var link: Link
    /// Whether an end comes before or after a submission at the same instant.
    let endsFirst: Bool
    private var events: [(time: SimulationTime, rank: Int64, event: Event)] = []

    init(
        _ specification: LinkSpecification,
        seed: UInt64 = 1,
        device: UInt32 = 0,
        offset: SimulationDuration = .zero,
        endsFirst: Bool = true
    ) {
        let model = LinkModel(specification, direction: .uplink, seed: seed)
        self.link = Link(model: model, identity: device, offset: offset)
        self.endsFirst = endsFirst
    }

    /// Everything that becomes of submissions in order of time, by request and attempt.
    mutating func run(
        _ submissions: [(time: SimulationTime, bytes: Int)],
        device: UInt32 = 0
    ) -> [Attempt] {
        var attempts: [Attempt] = []
        var submitted = 0
        while true {
            let next = events.indices.min {
                (events[$0].time, events[$0].rank) < (events[$1].time, events[$1].rank)
            }
            if submitted < submissions.count {
                let (time, bytes) = submissions[submitted]
                let key = (time, Int64(submitted))
                if next.map({ key < (events[$0].time, events[$0].rank) }) ?? true {
                    let request = UInt32(submitted)
                    submitted += 1
                    let message = LinkMessage(device: device, request: request, bytes: bytes)
                    if let dropped = take(link.submit(message, at: time), message) {
                        attempts.append(dropped)
                    }
                    continue
                }
            }
            guard let next else { break }
            let (time, _, event) = events.remove(at: next)
            switch event {
            case .rejoin(let message): _ = take(link.rejoin(message, at: time), message)
            case .end:
                let (ended, next) = link.transmissionEnded(at: time)
                #expect(ended.end == time)
                if let next { events.append((next, endRank, .end)) }
                let message = ended.message
                if case .retransmit(let rejoin) = ended.fate {
                    events.append((rejoin, Int64(message.request), .rejoin(message)))
                }
                attempts.append(
                    Attempt(request: message.request, attempt: message.attempt, end: ended)
                )
            }
        }
        return attempts.sorted { ($0.request, $0.attempt) < ($1.request, $1.attempt) }
    }

    private var endRank: Int64 { endsFirst ? -1 : Int64.max }

    private mutating func take(_ submission: Submission, _ message: LinkMessage) -> Attempt? {
        switch submission {
        case .dropped: return Attempt(request: message.request, attempt: message.attempt)
        case .queued: return nil
        case .started(let end):
            events.append((end, endRank, .end))
            return nil
        }
    }
}
