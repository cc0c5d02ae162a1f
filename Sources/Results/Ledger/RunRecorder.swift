package import Cluster
import Scenario

/// Takes each request as it ends, and makes the digest, the statistics and the record of them.
///
/// Requests may end in any order; per device they are put back in sequence order for the digest.
package final class RunRecorder {
    private let layout: RunLayout
    private var ledger: RunLedger
    private let database: RunDatabase?
    private let selection: RecordSelection

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
        selection: RecordSelection = .all,
        definition: String? = nil
    ) throws(ResultsError) {
        self.layout = layout
        ledger = RunLedger(layout)
        self.selection = folder == nil ? .none : selection
        if let folder {
            database = try RunDatabase(
                folder: folder,
                layout: layout,
                selection: selection,
                definition: definition
            )
        } else {
            database = nil
        }
    }

    /// Takes a request that has ended; each exactly once.
    package func record(_ record: RequestRecord) throws(ResultsError) {
        ledger.add(record)
        try keep(record)
    }

    /// Takes requests that have ended.
    package func record(_ records: [RequestRecord]) throws(ResultsError) {
        ledger.add(records)
        guard database != nil else { return }
        for record in records { try keep(record) }
    }

    private func keep(_ record: RequestRecord) throws(ResultsError) {
        guard let database, selection.keeps(record, seed: layout.seed) else { return }
        try database.append(record)
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
        return PrecisionSummary(precision, ledger.sequences, stopped: nil).met
    }

    /// In order of the devices; complete after `finish`.
    package var deviceDigests: [String] { ledger.digests.perDevice }

    /// Closes the record.
    ///
    /// Call once, also for an interrupted run.
    ///
    /// - Parameter closing: what the driver knows beside the requests.
    /// - Returns: the summary, not yet written to a file.
    /// - Throws: `ResultsError.database`.
    package func finish(_ closing: RunClosing) throws(ResultsError) -> Summary {
        let missing = ledger.close()
        var closing = closing
        if missing > 0 {
            closing.invalidReasons.append(
                "\(missing) requests were issued but never reported as ended."
            )
        }
        let summary = Summary(
            layout: layout,
            groups: ledger.groups,
            sequences: ledger.sequences,
            closing: closing,
            digest: ledger.digests.total,
            record: selection
        )
        try database?.close(
            summary,
            deviceDigests: selection == .all ? ledger.digests.perDevice : []
        )
        return summary
    }
}
