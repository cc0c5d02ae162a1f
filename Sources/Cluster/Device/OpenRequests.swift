import BasicContainers
import SimulationCore

/// The requests that a device host has not finished with, found by handle.
struct OpenRequests: ~Copyable, Sendable {
    /// Where a request is; tells what giving up means for it.
    enum Phase: UInt8, BitwiseCopyable, Sendable {
        case free, waiting, computing, away
    }

    struct Entry: BitwiseCopyable, Sendable {
        var record: RequestRecord
        /// Its device's: a table of a million devices is in no cache.
        let group: UInt16
        /// When its latest attempt over the uplink began, or would have without the waits in it; only with
        /// `record.uplinkStart`.
        var sendingStart = SimulationTime.start
        /// Energy that was spent before it has been charged: it is set when the record is handed out.
        var chargedUntil = SimulationTime.absent
        /// The request ahead of it in its device's queue.
        var previous: RequestHandle = OpenRequests.none
        /// The request behind it in its device's queue, or the next in the list of free entries.
        var next: RequestHandle = OpenRequests.none
        var phase: Phase
        /// Its record has been handed out; what remains is a copy that still uses resources.
        var isClosed = false
    }

    /// Stands for no request.
    static let none = RequestHandle.max

    private var entries = UniqueArray<Entry>()
    private var firstFree = OpenRequests.none
    private(set) var count = 0

    subscript(handle: RequestHandle) -> Entry {
        @inline(__always) _read { yield entries[Int(handle)] }
        @inline(__always) _modify { yield &entries[Int(handle)] }
    }

    /// Has the processor fetch a request.
    func prefetch(_ handle: RequestHandle) { entries.prefetch(Int(handle)) }

    mutating func insert(_ record: RequestRecord, group: UInt16) -> RequestHandle {
        count += 1
        let entry = Entry(record: record, group: group, phase: .waiting)
        guard firstFree != Self.none else {
            entries.append(entry)
            return RequestHandle(entries.count - 1)
        }
        let handle = firstFree
        firstFree = entries[Int(handle)].next
        entries[Int(handle)] = entry
        return handle
    }

    mutating func remove(_ handle: RequestHandle) {
        count -= 1
        entries[Int(handle)].phase = .free
        entries[Int(handle)].next = firstFree
        firstFree = handle
    }

    /// All of them, in the order of device and sequence.
    var handles: [RequestHandle] {
        var open: [(device: UInt32, sequence: UInt32, handle: RequestHandle)] = []
        for index in entries.indices where entries[index].phase != .free {
            let (device, sequence) = (entries[index].record.device, entries[index].record.sequence)
            open.append((device, sequence, RequestHandle(index)))
        }
        return open.sorted { ($0.device, $0.sequence) < ($1.device, $1.sequence) }.map(\.handle)
    }
}
