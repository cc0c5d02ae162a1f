import BasicContainers
import Cluster
import SimulationCore

/// Puts each device's requests back in sequence order.
///
/// Requests end in any order; one that ended before an earlier request of its device waits here.
/// Each device has a list through a common pool, so that nothing is allocated per request and a
/// device costs 12 bytes. A device never holds more than the requests it issued after its oldest open
/// one, which its queue's bound and the time-outs limit.
struct SequenceStash: ~Copyable {
    struct Node: BitwiseCopyable {
        var record: RequestRecord
        var next: Int32
    }

    private static let none: Int32 = -1

    struct Device: BitwiseCopyable {
        var expected: UInt32 = 0
        var head = SequenceStash.none
        var tail = SequenceStash.none
    }

    private var devices: UniqueArray<Device>
    private var pool = UniqueArray<Node>()
    private var free = Self.none
    /// How many records wait.
    private(set) var count = 0

    init(deviceCount: Int) {
        devices = UniqueArray(repeating: Device(), count: deviceCount)
    }

    /// Has the processor fetch a device's list into its caches.
    func prefetch(_ device: UInt32) { devices.prefetch(Int(device)) }

    /// Whether a record is the next of its device: then it is to be used at once, and `advance` called.
    @inline(__always)
    func isNext(_ record: RequestRecord) -> Bool {
        let expected = devices[Int(record.device)].expected
        precondition(record.sequence >= expected, "A request ended twice.")
        return record.sequence == expected
    }

    /// The next record of a device has been used.
    @inline(__always)
    mutating func advance(_ device: UInt32) { devices[Int(device)].expected += 1 }

    /// Takes out the next record of a device, if it waits here.
    @inline(__always)
    mutating func removeNext(of device: UInt32) -> RequestRecord? {
        let index = Int(device)
        let head = devices[index].head
        guard head != Self.none, pool[Int(head)].record.sequence == devices[index].expected else {
            return nil
        }
        devices[index].expected += 1
        return removeFirst(of: index)
    }

    /// Hands on what still waits, in order of device and sequence, leaving the gaps.
    ///
    /// - Returns: how many requests are missing in the gaps.
    mutating func drain(release: (RequestRecord) -> Void) -> Int {
        var missing = 0
        for device in devices.indices {
            while devices[device].head != Self.none {
                let record = removeFirst(of: device)
                missing += Int(record.sequence - devices[device].expected)
                release(record)
                devices[device].expected = record.sequence + 1
            }
        }
        return missing
    }

    /// Keeps a record until those before it have been used.
    mutating func insert(_ record: RequestRecord) {
        let device = Int(record.device)
        let node = store(record)
        count += 1
        let tail = devices[device].tail
        guard tail != Self.none else {
            devices[device].head = node
            devices[device].tail = node
            return
        }
        // Requests mostly end in order, so the end of the list is tried first.
        guard pool[Int(tail)].record.sequence > record.sequence else {
            precondition(
                pool[Int(tail)].record.sequence != record.sequence,
                "A request ended twice."
            )
            pool[Int(tail)].next = node
            devices[device].tail = node
            return
        }
        var previous = Self.none
        var current = devices[device].head
        while pool[Int(current)].record.sequence < record.sequence {
            previous = current
            current = pool[Int(current)].next
        }
        precondition(
            pool[Int(current)].record.sequence != record.sequence,
            "A request ended twice."
        )
        pool[Int(node)].next = current
        if previous == Self.none {
            devices[device].head = node
        } else {
            pool[Int(previous)].next = node
        }
    }

    private mutating func removeFirst(of device: Int) -> RequestRecord {
        let head = devices[device].head
        let node = pool[Int(head)]
        devices[device].head = node.next
        if node.next == Self.none { devices[device].tail = Self.none }
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
