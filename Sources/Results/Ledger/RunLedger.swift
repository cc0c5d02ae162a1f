import Cluster
import Scenario
import SimulationCore

/// The account of every request that has ended: the figures of each group, and the digest.
///
/// Nothing is allocated per request once the buffers have grown.
struct RunLedger: ~Copyable {
    private let groupOfDevice: [UInt16]
    /// By group.
    private let deadlines: [SimulationDuration?]
    private(set) var groups: [RequestStatistics]
    /// All devices' first, then each group's when there are several.
    private(set) var sequences: [LatencySequence]
    private var stash: SequenceStash
    private(set) var digests: DeviceDigests

    init(_ layout: RunLayout) {
        groupOfDevice = layout.groupOfDevice
        deadlines = layout.deviceGroups.map(\.deadline)
        groups = layout.deviceGroups.map { _ in
            RequestStatistics(operatingPointCount: layout.operatingPoints.count)
        }
        let several = layout.deviceGroups.count > 1 ? layout.deviceGroups.count : 0
        sequences = Array(repeating: LatencySequence(), count: 1 + several)
        stash = SequenceStash(deviceCount: layout.deviceCount)
        let scope: DigestScope = layout.clock == .wall ? .outcome : .full
        digests = DeviceDigests(deviceCount: layout.deviceCount, scope: scope)
    }

    /// Takes requests that have ended.
    mutating func add(_ records: [RequestRecord]) {
        prefetch(records)
        for record in records { add(record) }
    }

    /// Has the processor fetch what these requests' devices have here into its caches.
    private func prefetch(_ records: [RequestRecord]) {
        for record in records {
            stash.prefetch(record.device)
            digests.prefetch(record.device)
        }
    }

    /// Takes a request that has ended; each exactly once.
    @inline(__always)
    mutating func add(_ record: RequestRecord) {
        let group = Int(groupOfDevice[Int(record.device)])
        if let latency = groups[group].record(record, deadline: deadlines[group]) {
            sequences[0].record(latency, at: record.completed)
            if sequences.count > 1 { sequences[group + 1].record(latency, at: record.completed) }
        }
        guard stash.isNext(record) else { return stash.insert(record) }
        digests.append(record)
        stash.advance(record.device)
        while let next = stash.removeNext(of: record.device) { digests.append(next) }
    }

    /// Closes the account.
    ///
    /// - Returns: how many requests were never reported as ended, though later ones of their devices were.
    mutating func close() -> Int {
        stash.drain { digests.append($0) }
    }
}
