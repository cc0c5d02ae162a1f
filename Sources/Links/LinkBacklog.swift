import SimulationCore

/// What a link has admitted and not yet sent.
///
/// The latest message lies in place, so that a link on which messages rarely meet allocates nothing.
struct LinkBacklog: Sendable {
    struct Load: Sendable {
        var messages = 0
        var bytes = 0
        var packets = 0
    }

    private struct Entry: Sendable {
        let end: SimulationTime
        /// Of all messages up to this one.
        let total: Load
    }

    /// The messages before the latest, in order of their ends; the first ones may have ended.
    private var earlier: [Entry] = []
    private var latestBytes = 0
    private var latestPackets: UInt32 = 0

    /// Adds a message that comes at `time`; the one before it ends at `busyUntil`.
    mutating func append(
        bytes: Int,
        packets: Int,
        at time: SimulationTime,
        busyUntil: SimulationTime
    ) {
        if time < busyUntil {
            forgetEnded(at: time)
            earlier.append(Entry(end: busyUntil, total: total))
        } else if !earlier.isEmpty {
            // A burst's memory is given back: there may be a million links.
            earlier = []
        }
        latestBytes = bytes
        latestPackets = UInt32(packets)
    }

    /// What has not ended by `time`; the latest message ends at `busyUntil`.
    func load(at time: SimulationTime, busyUntil: SimulationTime) -> Load {
        guard time < busyUntil else { return Load() }
        let ended = endedCount(at: time)
        var load = total
        if ended > 0 {
            load.messages -= earlier[ended - 1].total.messages
            load.bytes -= earlier[ended - 1].total.bytes
            load.packets -= earlier[ended - 1].total.packets
        }
        return load
    }

    /// Of the latest message and all before it that are remembered.
    private var total: Load {
        var load = earlier.last?.total ?? Load()
        load.messages += 1
        load.bytes += latestBytes
        load.packets += Int(latestPackets)
        return load
    }

    /// How many of the earlier messages have ended by `time`.
    private func endedCount(at time: SimulationTime) -> Int {
        var low = 0
        var high = earlier.count
        while low < high {
            let middle = (low + high) >> 1
            if earlier[middle].end <= time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Now and then, so that it costs little and the list holds at most twice what it must.
    ///
    /// The last message to have ended stays: the totals count from it.
    private mutating func forgetEnded(at time: SimulationTime) {
        let half = earlier.count / 2
        guard half >= 16, earlier[half].end <= time else { return }
        earlier.removeFirst(half)
    }
}
