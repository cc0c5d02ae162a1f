/// The requests that a device host has not finished with, found by handle.
struct OpenRequests: Sendable {
    /// Where a request is; tells what giving up means for it.
    enum Phase: UInt8, Sendable {
        case free, waiting, computing, away
    }

    struct Entry: Sendable {
        var record: RequestRecord
        /// The next request in its device's queue, or in the list of free entries.
        var next: RequestHandle = OpenRequests.none
        var phase: Phase
        /// Its record has been handed out; what remains is a copy that still uses resources.
        var isClosed = false
    }

    /// Stands for no request.
    static let none = RequestHandle.max

    private var entries: [Entry] = []
    private var firstFree = OpenRequests.none
    private(set) var count = 0

    subscript(handle: RequestHandle) -> Entry {
        _read { yield entries[Int(handle)] }
        _modify { yield &entries[Int(handle)] }
    }

    mutating func insert(_ record: RequestRecord) -> RequestHandle {
        count += 1
        let entry = Entry(record: record, phase: .waiting)
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

    /// The records of requests that have not ended, in the order of device and sequence.
    var unfinished: [RequestHandle] {
        entries.indices.filter { entries[$0].phase != .free && !entries[$0].isClosed }
            .map { RequestHandle($0) }
            .sorted { left, right in
                let (a, b) = (entries[Int(left)].record, entries[Int(right)].record)
                return (a.device, a.sequence) < (b.device, b.sequence)
            }
    }
}
