package import Cluster
import Scenario

/// Takes each request as it ends, and makes the digest, the statistics and the record of them.
///
/// Requests may end in any order; per device they are put back in sequence order for the digest. Nothing is
/// allocated per request once the buffers have grown.
package final class RunRecorder {
    private let layout: RunLayout
    private let groupOfDevice: [UInt16]
    private var groups: [RequestStatistics]
    /// All devices' first, then each group's when there are several.
    private var sequences: [LatencySequence]
    private var stash: SequenceStash
    private var digests: DeviceDigests
    private let database: RunDatabase?
    private let keepsRequests: Bool

    /// Which requests get a row of their own.
    package enum Selection: String, Sendable, CaseIterable {
        case all
        case none
    }

    /// Starts a record.
    ///
    /// - Parameters:
    ///   - layout: the run's names and sizes.
    ///   - folder: where `results.sqlite` goes; nil for a run that leaves no files.
    ///   - selection: which requests get a row in it.
    ///   - definition: the resolved scenario as text, kept in table `run`.
    /// - Throws: `ResultsError.database`.
    package init(
        layout: RunLayout,
        folder: OutputFolder?,
        selection: Selection = .all,
        definition: String? = nil
    ) throws(ResultsError) {
        self.layout = layout
        groupOfDevice = layout.groupOfDevice
        groups = layout.deviceGroups.map { _ in
            RequestStatistics(operatingPointCount: layout.operatingPoints.count)
        }
        let several = layout.deviceGroups.count > 1 ? layout.deviceGroups.count : 0
        sequences = Array(repeating: LatencySequence(), count: 1 + several)
        stash = SequenceStash(deviceCount: layout.deviceCount)
        let scope: DigestScope = layout.clock == .wall ? .outcome : .full
        digests = DeviceDigests(deviceCount: layout.deviceCount, scope: scope)
        keepsRequests = selection == .all && folder != nil
        if let folder {
            database = try RunDatabase(folder: folder, layout: layout, definition: definition)
        } else {
            database = nil
        }
    }

    /// Takes a request that has ended; each exactly once.
    package func record(_ record: RequestRecord) throws(ResultsError) {
        let group = Int(groupOfDevice[Int(record.device)])
        let deadline = layout.deviceGroups[group].deadline
        if let latency = groups[group].record(record, deadline: deadline) {
            sequences[0].record(latency, at: record.completed)
            if sequences.count > 1 { sequences[group + 1].record(latency, at: record.completed) }
        }
        stash.accept(record) { digests.append($0) }
        if keepsRequests, let database { try database.append(record) }
    }

    /// Adds a point of a series, kept when there is a folder.
    package func record(_ point: SeriesPoint) throws(ResultsError) {
        if let database { try database.append(point) }
    }

    /// Makes what was recorded so far readable by others, even if this process is killed afterwards.
    ///
    /// Happens by itself every few thousand requests; a wall run calls it once a second.
    package func flush() throws(ResultsError) {
        if let database { try database.flush() }
    }

    /// Whether what was recorded so far knows the scenario's figure as precisely as it asks; false when it
    /// asks for nothing.
    package var isPreciseEnough: Bool {
        guard let precision = layout.precision else { return false }
        return PrecisionSummary(precision, sequences, stopped: nil).met
    }

    /// In order of the devices; complete after `finish`.
    package var deviceDigests: [String] { digests.perDevice }

    /// Closes the record.
    ///
    /// Call once, also for an interrupted run.
    ///
    /// - Parameter closing: what the driver knows beside the requests.
    /// - Returns: the summary, not yet written to a file.
    /// - Throws: `ResultsError.database`.
    package func finish(_ closing: RunClosing) throws(ResultsError) -> Summary {
        let missing = stash.drain { digests.append($0) }
        var closing = closing
        if missing > 0 {
            closing.invalidReasons.append(
                "\(missing) requests were issued but never reported as ended."
            )
        }
        let summary = Summary(
            layout: layout,
            groups: groups,
            sequences: sequences,
            closing: closing,
            digest: digests.total
        )
        try database?.close(
            digest: summary.digest,
            deviceDigests: keepsRequests ? digests.perDevice : []
        )
        return summary
    }
}
