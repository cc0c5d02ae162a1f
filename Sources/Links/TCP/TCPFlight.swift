import SimulationCore

/// The transmissions of a connection that have not been acknowledged, in the order they were sent.
///
/// Nothing overtakes on a link, so that acknowledgements come in this order too.
struct TCPFlight: Sendable {
    struct Transmission: Sendable {
        /// Counts the connection's transmissions from 1.
        var number: Int
        /// The segment's place in its message.
        var segment: Int32
        var isRepeated: Bool
        /// Nil if the segment does not arrive.
        var acknowledgement: SimulationTime?
        var sent: SimulationTime
        /// When its last byte leaves the bottleneck, or the last one's if it found no room there.
        var end: SimulationTime
        var wireBytes: Int32
    }

    private var transmissions: [Transmission] = []
    private var head = 0
    private var lost = 0

    var count: Int { transmissions.count - head }
    var isEmpty: Bool { count == 0 }
    /// How many of them do not arrive.
    var lostCount: Int { lost }

    mutating func append(_ transmission: Transmission) {
        transmissions.append(transmission)
        if transmission.acknowledgement == nil { lost += 1 }
    }

    /// The time of the next acknowledgement, if one comes.
    var nextAcknowledgement: SimulationTime? {
        guard lost < count else { return nil }
        return transmissions[head...].lazy.compactMap(\.acknowledgement).first
    }

    mutating func popFirst() -> Transmission? {
        guard !isEmpty else { return nil }
        let first = transmissions[head]
        if first.acknowledgement == nil { lost -= 1 }
        head += 1
        if isEmpty {
            transmissions.removeAll(keepingCapacity: transmissions.capacity <= 16)
            head = 0
        } else if head >= 64, 2 * head >= transmissions.count {
            transmissions.removeFirst(head)
            head = 0
        }
        return first
    }

    mutating func popLast() -> Transmission? {
        guard !isEmpty, let last = transmissions.popLast() else { return nil }
        if last.acknowledgement == nil { lost -= 1 }
        return last
    }

    /// Bytes that the bottleneck still holds at `time`.
    func backlog(at time: SimulationTime) -> Int {
        var bytes = 0
        for transmission in transmissions[head...].reversed() {
            guard transmission.end > time else { break }
            bytes += Int(transmission.wireBytes)
        }
        return bytes
    }
}
