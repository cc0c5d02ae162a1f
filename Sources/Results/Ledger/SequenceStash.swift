import Cluster

/// Puts each device's requests back in sequence order.
///
/// Requests end in any order; one that ended before an earlier request of its device waits here.
/// Each device has a list through a common pool, so that nothing is allocated per request and a
/// device costs 12 bytes. A device never holds more than the requests it issued after its oldest open
/// one, which its queue's bound and the time-outs limit.
struct SequenceStash {
    private struct Node {
        var record: RequestRecord
        var next: Int32
    }

    private static let none: Int32 = -1

    private var expected: [UInt32]
    private var heads: [Int32]
    private var tails: [Int32]
    private var pool: [Node] = []
    private var free = Self.none
    /// How many records wait.
    private(set) var count = 0

    init(deviceCount: Int) {
        expected = Array(repeating: 0, count: deviceCount)
        heads = Array(repeating: Self.none, count: deviceCount)
        tails = Array(repeating: Self.none, count: deviceCount)
    }

    /// Takes a record and hands on every record that is now next in its device's sequence.
    mutating func accept(_ record: RequestRecord, release: (RequestRecord) -> Void) {
        let device = Int(record.device)
        precondition(record.sequence >= expected[device], "A request ended twice.")
        guard record.sequence == expected[device] else { return insert(record, device: device) }
        release(record)
        expected[device] += 1
        while heads[device] != Self.none,
            pool[Int(heads[device])].record.sequence == expected[device]
        {
            release(removeFirst(of: device))
            expected[device] += 1
        }
    }

    /// Hands on what still waits, in order of device and sequence, leaving the gaps.
    ///
    /// - Returns: how many requests are missing in the gaps.
    mutating func drain(release: (RequestRecord) -> Void) -> Int {
        var missing = 0
        for device in heads.indices {
            while heads[device] != Self.none {
                let record = removeFirst(of: device)
                missing += Int(record.sequence - expected[device])
                release(record)
                expected[device] = record.sequence + 1
            }
        }
        return missing
    }

    private mutating func insert(_ record: RequestRecord, device: Int) {
        let node = store(record)
        count += 1
        let tail = tails[device]
        guard tail != Self.none else {
            heads[device] = node
            tails[device] = node
            return
        }
        // Requests mostly end in order, so the end of the list is tried first.
        guard pool[Int(tail)].record.sequence > record.sequence else {
            precondition(
                pool[Int(tail)].record.sequence != record.sequence,
                "A request ended twice."
            )
            pool[Int(tail)].next = node
            tails[device] = node
            return
        }
        var previous = Self.none
        var current = heads[device]
        while pool[Int(current)].record.sequence < record.sequence {
            previous = current
            current = pool[Int(current)].next
        }
        precondition(
            pool[Int(current)].record.sequence != record.sequence,
            "A request ended twice."
        )
        pool[Int(node)].next = current
        if previous == Self.none { heads[device] = node } else { pool[Int(previous)].next = node }
    }

    private mutating func removeFirst(of device: Int) -> RequestRecord {
        let head = heads[device]
        let node = pool[Int(head)]
        heads[device] = node.next
        if node.next == Self.none { tails[device] = Self.none }
        pool[Int(head)].next = free
        free = head
        count -= 1
        return node.record
    }

    private mutating func store(_ record: RequestRecord) -> Int32 {
        guard free != Self.none else {
            pool.append(Node(record: record, next: Self.none))
            return Int32(pool.count - 1)
        }
        let index = free
        free = pool[Int(index)].next
        pool[Int(index)] = Node(record: record, next: Self.none)
        return index
    }
}
