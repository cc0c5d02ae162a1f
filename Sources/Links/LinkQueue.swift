import SimulationCore

/// The messages a link has admitted and not yet handed over, in order of their ends.
struct LinkQueue: Sendable {
    struct Entry: Sendable {
        var message: LinkMessage
        var start: SimulationTime
        var end: SimulationTime
        var wireBytes: Int
        var packets: Int
    }

    private var entries: [Entry] = []
    /// Entries before this one have been handed over.
    private var head = 0
    private var bytes = 0
    private var packets = 0

    var isEmpty: Bool { head == entries.count }
    var first: Entry? { isEmpty ? nil : entries[head] }

    mutating func append(_ entry: Entry) {
        entries.append(entry)
        bytes += entry.wireBytes
        packets += entry.packets
    }

    mutating func popFirst() -> Entry? {
        guard let entry = first else { return nil }
        head += 1
        bytes -= entry.wireBytes
        packets -= entry.packets
        if head == entries.count {
            // A burst's memory is given back: there may be a million links.
            entries.removeAll(keepingCapacity: entries.capacity <= 4)
            head = 0
        } else if head >= 32, 2 * head >= entries.count {
            entries.removeFirst(head)
            head = 0
        }
        return entry
    }

    /// What has not ended by `time`; ended messages may still wait to be handed over.
    func load(at time: SimulationTime) -> (messages: Int, bytes: Int, packets: Int) {
        var load = (messages: entries.count - head, bytes: bytes, packets: packets)
        for entry in entries[head...] {
            guard entry.end <= time else { break }
            load.messages -= 1
            load.bytes -= entry.wireBytes
            load.packets -= entry.packets
        }
        return load
    }
}
