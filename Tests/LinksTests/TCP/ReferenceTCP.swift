import SimulationCore

@testable import Links

/// A TCP sender as a plain list of all its transmissions, which every step searches from the start.
///
/// It shares the window's and the round trips' arithmetic with `TCPConnection`, which have tests of their
/// own; what is sent when, what is acknowledged and what counts as lost it finds in its own way.
struct ReferenceTCP {
    struct Sent {
        var segment: Int
        var time: Int64
        var end: Int64
        var acknowledgement: Int64?
        var isRepair = false
        var isAcknowledged = false
        /// The sender has given it up, or replaced it.
        var isGone = false
        var overtaken = 0
        var deadline: Int64?
        var isLost: Bool { acknowledgement == nil }
        var isOpen: Bool { !isAcknowledged && !isGone }
    }

    let rate: Int64
    let delay: Int64
    let back: Int64
    let buffer: Int
    let lossProbability: Double
    let seed: UInt64
    var window: CongestionWindow
    var trip: RoundTripEstimate
    private var sent: [Sent] = []
    private var now: Int64 = 0
    private var lastSend: Int64 = 0
    private var linkFree: Int64 = 0
    /// The busy period's start and bits, from which each end follows.
    private var busyStart: Int64 = 0
    private var busyBytes: Int64 = 0
    private var lastAcknowledged = 0
    private var reducedAt = 0
    private var probe = 0
    private var hasProbed = false
    private var isRestarting = false
    /// Segments of the current message that were found lost and have not arrived since.
    private var broken: Set<Int> = []
    private var missing: [Int] = []

    init(
        rate: Int64,
        delay: Int64,
        back: Int64,
        buffer: Int,
        initialWindow: Int,
        loss: Double,
        seed: UInt64
    ) {
        self.rate = rate
        self.delay = delay
        self.back = back
        self.buffer = buffer
        self.lossProbability = loss
        self.seed = seed
        self.window = CongestionWindow(initial: initialWindow, at: .start, lastSent: 0)
        self.trip = RoundTripEstimate(first: SimulationDuration(nanoseconds: delay + back))
    }

    /// When the last byte of each message leaves the bottleneck.
    mutating func run(_ messages: [(time: Int64, bytes: Int)]) -> [Int64] {
        var first = true
        return messages.enumerated().map { request, message in
            let start = max(now, message.time)
            while let next = nextAcknowledgement, next.time <= start { acknowledge(next.index) }
            now = start
            if first { lastSend = now }
            first = false
            if !sent.contains(where: \.isOpen) {
                window.resume(
                    after: SimulationDuration(nanoseconds: now - lastSend),
                    timeout: trip.timeout,
                    shrinks: true
                )
            }
            send(message.bytes, UInt32(request))
            return linkFree
        }
    }

    private var time: SimulationTime { SimulationTime(nanoseconds: now) }

    private var nextAcknowledgement: (index: Int, time: Int64)? {
        let coming = sent.indices.filter { sent[$0].isOpen && !sent[$0].isLost }
        return coming.map { ($0, sent[$0].acknowledgement ?? 0) }.min { $0.1 < $1.1 }
    }

    private mutating func send(_ bytes: Int, _ request: UInt32) {
        var draw = RandomDraw(seed: seed, purpose: .downlinkLoss, entity: 0, request: request)
        let begin = sent.count
        let count = max(1, (bytes + 1447) / 1448)
        var next = 0
        func size(_ segment: Int) -> Int { 52 + min(1448, bytes - 1448 * segment) }
        while true {
            let before = sent.count
            while sent.count(where: \.isOpen) < window.segments, !missing.isEmpty || next < count {
                if missing.isEmpty {
                    put(next, size(next), &draw)
                    next += 1
                } else {
                    let segment = missing.removeFirst()
                    put(segment, size(segment), &draw, isRepair: true)
                }
            }
            if sent.count > before {
                window.used(
                    inFlight: sent.count(where: \.isOpen),
                    acknowledged: lastAcknowledged,
                    lastSent: sent.count
                )
            }
            let arriving = Set(sent[begin...].filter { !$0.isLost }.map(\.segment))
            if arriving.count == count { return }
            step(&next, count, size, &draw)
        }
    }

    private mutating func step(
        _ next: inout Int,
        _ count: Int,
        _ size: (Int) -> Int,
        _ draw: inout RandomDraw
    ) {
        let ack = nextAcknowledgement
        let deadline = sent.filter(\.isOpen).compactMap(\.deadline).min()
        if let deadline, deadline < ack?.time ?? .max {
            now = max(now, deadline)
            findLosses()
        } else if let ack {
            acknowledge(ack.index)
        } else if !hasProbed, broken.isEmpty, trip.backoff == 0 {
            let open = sent.count(where: \.isOpen)
            now = max(now, lastSend) + trip.probeTimeout(inFlight: open).nanoseconds
            hasProbed = true
            probe = 0
            if next == count {
                if let last = sent.lastIndex(where: \.isOpen) { sent[last].isGone = true }
                probe = sent.count + 1
                next -= 1
            }
            put(next, size(next), &draw)
            next += 1
        } else {
            now = max(now, lastSend) + trip.timeout.nanoseconds
            trip.timedOut()
            if trip.backoff == 1 { window.timedOut() }
            isRestarting = true
            reducedAt = sent.count
            for index in sent.indices where sent[index].isOpen { lose(index) }
            missing.sort()
        }
    }

    private mutating func put(
        _ segment: Int,
        _ bytes: Int,
        _ draw: inout RandomDraw,
        isRepair: Bool = false
    ) {
        var new = Sent(segment: segment, time: now, end: now, isRepair: isRepair)
        let waiting = sent.indices.filter { sent[$0].isOpen && sent[$0].end > now }
        let backlog = waiting.reduce(0) { $0 + wire[$1] }
        wire.append(0)
        if backlog == 0 || backlog + bytes <= buffer {
            if now >= linkFree { (busyStart, busyBytes) = (now, 0) }
            busyBytes += Int64(bytes)
            linkFree = busyStart + (busyBytes * 8_000_000_000 + rate - 1) / rate
            new.end = linkFree
            wire[sent.count] = bytes
            if lossProbability == 0 || draw.unit() >= lossProbability {
                new.acknowledgement = linkFree + delay + back
            }
        }
        sent.append(new)
        lastSend = now
    }

    /// Bytes each transmission put on the link.
    private var wire: [Int] = []

    private mutating func acknowledge(_ index: Int) {
        now = max(now, sent[index].acknowledgement ?? 0)
        let patience = trip.shortest.nanoseconds / 4
        for earlier in sent[..<index].indices where sent[earlier].isOpen {
            if sent[earlier].deadline == nil { sent[earlier].deadline = now + patience }
            sent[earlier].overtaken += 1
        }
        let sample = SimulationDuration(nanoseconds: now - sent[index].time)
        trip.saw(sample, acknowledged: index + 1, lastSent: sent.count)
        sent[index].isAcknowledged = true
        if sent[index].isRepair { broken.remove(sent[index].segment) }
        if broken.isEmpty { isRestarting = false }
        hasProbed = false
        lastAcknowledged = index + 1
        if index + 1 == probe { reduce(index + 1) }
        findLosses()
        guard broken.isEmpty || isRestarting else { return }
        window.acknowledged(
            index + 1,
            lastSent: sent.count,
            at: time,
            roundTrip: sample,
            estimate: trip
        )
    }

    private mutating func findLosses() {
        for index in sent.indices where sent[index].isOpen && sent[index].deadline != nil {
            let item = sent[index]
            guard !broken.isEmpty || item.overtaken >= 3 || item.deadline ?? .max <= now
            else { break }
            lose(index)
            reduce(index + 1)
        }
    }

    private mutating func lose(_ index: Int) {
        sent[index].isGone = true
        broken.insert(sent[index].segment)
        missing.append(sent[index].segment)
    }

    private mutating func reduce(_ number: Int) {
        guard number > reducedAt else { return }
        reducedAt = sent.count
        window.sawLoss()
    }
}
