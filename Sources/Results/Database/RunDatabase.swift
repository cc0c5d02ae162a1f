import Cluster
import GRDB
import Scenario
import SimulationCore

/// Writes `results.sqlite`.
///
/// | table | rows |
/// |---|---|
/// | `requests` | one a request, in the order in which they ended; `id` is device × 2³² + sequence; times in ns from the start, `energy` in nJ |
/// | `series` | `time` in seconds, `entity`, `metric`, `value` |
/// | `devices` | `device`, `deviceGroup`, `digest` |
/// | `run` | `key`, `value`: scenario, seed, clock, duration in ns (as planned until the run is finished), which requests are recorded, the resolved scenario, digest, and `finished` (0 or 1) |
///
/// Rows are inserted in batches, one transaction each, and the journal is rolled back by whoever opens the file next:
/// when the process is killed, the file holds every batch up to the last one. It is not synchronised to the disk, so a crash
/// of the operating system may cost the file.
final class RunDatabase {
    /// Rows of a transaction.
    static let batchSize = 8192

    private let path: String
    private let layout: RunLayout
    private let selection: RecordSelection
    private let inserter: RequestInserter
    private let queue: DatabaseQueue
    private var requests: [RequestRecord] = []
    private var points: [SeriesPoint] = []

    init(
        folder: OutputFolder,
        layout: RunLayout,
        selection: RecordSelection,
        definition: String?
    ) throws(ResultsError) {
        let path = folder.path(of: .database)
        self.path = path
        self.layout = layout
        self.selection = selection
        inserter = RequestInserter(layout: layout)
        requests.reserveCapacity(Self.batchSize)
        queue = try Self.perform("creating the record", on: path, selection) {
            try DatabaseQueue(path: path, configuration: Self.configuration)
        }
        try write("creating the tables") { database in
            try Self.createTables(in: database)
            try Self.describeRun(layout, definition: definition, in: database)
            try Self.set("record", selection.text, in: database)
        }
    }

    func append(_ record: RequestRecord) throws(ResultsError) {
        requests.append(record)
        if requests.count == Self.batchSize { try flush() }
    }

    func append(_ point: SeriesPoint) throws(ResultsError) {
        points.append(point)
        if points.count == Self.batchSize { try flush() }
    }

    /// Commits what is buffered.
    func flush() throws(ResultsError) {
        guard !requests.isEmpty || !points.isEmpty else { return }
        try write("recording requests") { database in
            try inserter.insert(requests, into: database)
            let statement = try database.cachedStatement(
                sql: "INSERT INTO series VALUES (?, ?, ?, ?)"
            )
            for point in points {
                let seconds = Double(point.time.nanoseconds) / 1e9
                try statement.execute(arguments: [
                    seconds, point.entity, point.metric, point.value,
                ])
            }
        }
        requests.removeAll(keepingCapacity: true)
        points.removeAll(keepingCapacity: true)
    }

    /// Commits the rest and marks the record as finished.
    ///
    /// - Parameters:
    ///   - summary: the run's.
    ///   - deviceDigests: in order of the devices; empty to leave them out.
    /// - Throws: `ResultsError.database`.
    func close(_ summary: Summary, deviceDigests: [String]) throws(ResultsError) {
        try flush()
        try write("finishing the record") { database in
            let groups = layout.groupOfDevice
            let statement = try database.cachedStatement(
                sql: "INSERT INTO devices VALUES (?, ?, ?)"
            )
            for (device, digest) in deviceDigests.enumerated() {
                let group = layout.deviceGroups[Int(groups[device])].name
                try statement.execute(arguments: [device, group, digest])
            }
            try Self.set("duration", String(summary.duration), in: database)
            try Self.set("digest", summary.digest, in: database)
            try Self.set("finished", "1", in: database)
        }
        try Self.perform("closing the record", on: path, selection) {
            // Removes the journal, which is empty now.
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA journal_mode = DELETE")
            }
            try queue.close()
        }
    }

    private func write(
        _ activity: String,
        _ body: (Database) throws -> Void
    ) throws(ResultsError) {
        try Self.perform(activity, on: path, selection) { try queue.write(body) }
    }

    /// Runs `body` and says what was being done on which file when SQLite refuses.
    private static func perform<Value>(
        _ activity: String,
        on path: String,
        _ selection: RecordSelection,
        _ body: () throws -> Value
    ) throws(ResultsError) -> Value {
        do {
            return try body()
        } catch {
            throw .database(
                path: path,
                activity: activity,
                cause: databaseCause(error),
                isDiskFull: (error as? DatabaseError)?.resultCode == .SQLITE_FULL,
                keepsRequests: selection != .none
            )
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "results"
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = OFF")
            try database.execute(sql: "PRAGMA journal_mode = TRUNCATE")
        }
        return configuration
    }

    private static func createTables(in database: Database) throws {
        try database.execute(sql: "PRAGMA application_id = \(OutputFolder.applicationID)")
        try database.execute(sql: RequestInserter.schema)
        try database.execute(
            sql: """
                CREATE TABLE series (time REAL NOT NULL, entity TEXT NOT NULL, metric TEXT NOT NULL,
                    value REAL NOT NULL);
                CREATE TABLE devices (device INTEGER PRIMARY KEY, deviceGroup TEXT NOT NULL,
                    digest TEXT NOT NULL);
                CREATE TABLE run (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
                """
        )
    }

    private static func describeRun(
        _ layout: RunLayout,
        definition: String?,
        in database: Database
    ) throws {
        try set("schema", String(Summary.currentSchema), in: database)
        try set("scenario", layout.name, in: database)
        try set("seed", String(layout.seed), in: database)
        try set("clock", layout.clock.rawValue, in: database)
        try set("duration", String(layout.duration.nanoseconds), in: database)
        if let definition { try set("definition", definition, in: database) }
        try set("finished", "0", in: database)
    }

    private static func set(_ key: String, _ value: String, in database: Database) throws {
        try database.execute(
            sql: "INSERT OR REPLACE INTO run VALUES (?, ?)",
            arguments: [key, value]
        )
    }
}

/// What SQLite says.
func databaseCause(_ error: any Error) -> String {
    (error as? DatabaseError)?.message ?? causeText(error)
}
