import Links
import SimulationCore

/// What happened to one attempt of a message.
struct Attempt: Equatable {
    var request: UInt32
    var attempt: UInt32
    /// Nil if the queue dropped it.
    var transmission: Transmission?
}

/// A link written straightforwardly: every packet in turn, and the whole past kept in lists.
struct ReferenceLink {
    let specification: LinkSpecification
    let seed: UInt64
    let device: UInt32
    private var cursor: ReferenceCursor
    private var past: [(end: Int64, bytes: Int, packets: Int)] = []
    private var latestArrival: Int64 = 0
    private var isBad = false

    init(
        _ specification: LinkSpecification,
        capacity: ReferenceCapacity,
        seed: UInt64,
        device: UInt32
    ) {
        self.specification = specification
        self.seed = seed
        self.device = device
        self.cursor = ReferenceCursor(capacity)
        if case .gilbertElliott(let toBad, let toGood, _, _) = specification.loss {
            var draw = RandomDraw(seed: seed, purpose: .uplinkLossState, entity: device)
            isBad = draw.unit() < toBad / (toBad + toGood)
        }
    }

    /// Everything that becomes of the submissions, ordered by request and attempt.
    mutating func run(_ submissions: [(time: SimulationTime, bytes: Int)]) -> [Attempt] {
        var pending = submissions.enumerated().map { index, submission in
            (
                time: submission.time.nanoseconds,
                message: LinkMessage(
                    device: device,
                    request: UInt32(index),
                    bytes: submission.bytes
                )
            )
        }
        var attempts: [Attempt] = []
        while true {
            let next = pending.indices.min {
                (pending[$0].time, pending[$0].message.request)
                    < (pending[$1].time, pending[$1].message.request)
            }
            guard let next else { break }
            let (time, message) = pending.remove(at: next)
            let transmission = send(message, at: time)
            attempts.append(
                Attempt(
                    request: message.request,
                    attempt: message.attempt,
                    transmission: transmission
                )
            )
            if case .retransmit(let rejoin) = transmission?.fate {
                var again = message
                again.attempt += 1
                pending.append((rejoin.nanoseconds, again))
            }
        }
        return attempts.sorted { ($0.request, $0.attempt) < ($1.request, $1.attempt) }
    }

    private mutating func send(_ message: LinkMessage, at time: Int64) -> Transmission? {
        var sizes = packetSizes(message.bytes)
        let packets = sizes.count
        sizes = sizes.map { $0 + specification.overhead.perPacket }
        let bytes = sizes.reduce(0, +)
        let present = past.filter { $0.end > time }
        if message.attempt == 0, !present.isEmpty {
            let total = present.reduce(bytes) { $0 + $1.bytes }
            if let bound = specification.queue.bytes, total > bound { return nil }
            let count = present.reduce(packets) { $0 + $1.packets }
            if let bound = specification.queue.packets, count > bound { return nil }
        }
        let start = max(time, past.last?.end ?? 0)
        if present.isEmpty { cursor.skip(to: time) }
        var end = start
        for size in sizes where size > 0 { end = cursor.send(size) }
        past.append((end, bytes, packets))
        return Transmission(
            start: SimulationTime(nanoseconds: start),
            end: SimulationTime(nanoseconds: end),
            fate: fate(message, packets: packets, end: end)
        )
    }

    private func packetSizes(_ bytes: Int) -> [Int] {
        var left = bytes + specification.overhead.perMessage
        var sizes: [Int] = []
        repeat {
            sizes.append(min(left, 1500))
            left -= min(left, 1500)
        } while left > 0
        return sizes
    }

    private mutating func fate(
        _ message: LinkMessage,
        packets: Int,
        end: Int64
    ) -> Transmission.Fate {
        var draw = key(.uplinkLoss, message)
        var lost = false
        for _ in 0..<packets {
            switch specification.loss {
            case .none: break
            case .bernoulli(let probability):
                if draw.unit() < probability { lost = true }
            case .gilbertElliott(let toBad, let toGood, let lossGood, let lossBad):
                if draw.unit() < (isBad ? lossBad : lossGood) { lost = true }
                if draw.unit() < (isBad ? toGood : toBad) { isBad = !isBad }
            }
        }
        if lost {
            if message.attempt >= UInt32(specification.retransmission.attempts) { return .lost }
            let timeout = specification.retransmission.timeout.nanoseconds
            return .retransmit(at: SimulationTime(nanoseconds: end + timeout))
        }
        var arrival = end
        if case .constant(let delay) = specification.delay { arrival += delay.nanoseconds }
        var jitter = key(.uplinkJitter, message)
        arrival += Int64(jitter.below(UInt64(specification.jitter.nanoseconds) + 1))
        latestArrival = max(latestArrival, arrival)
        return .delivered(arrival: SimulationTime(nanoseconds: latestArrival))
    }

    private func key(_ purpose: DrawPurpose, _ message: LinkMessage) -> RandomDraw {
        RandomDraw(
            seed: seed,
            purpose: purpose,
            entity: device,
            request: message.request,
            attempt: message.attempt
        )
    }
}
