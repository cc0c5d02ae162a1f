package import Cluster
import GRDB
import SimulationCore

extension OutputFolder {
    /// Reads the requests that are recorded, in the order in which they ended.
    ///
    /// - Parameters:
    ///   - layout: Of the run.
    ///   - body: Called with every request's times, choices and batch, and the index of its device group.
    /// - Throws: `ResultsError` when there is no record, it holds no requests, or not of this layout.
    package func forEachRequest(
        of layout: RunLayout,
        _ body: (_ record: RequestRecord, _ group: Int) -> Void
    ) throws(ResultsError) {
        let file = path(of: .database)
        if case .sample = try recordSelection() {
            throw .unreadableFile(
                path: file,
                cause: "it holds a sample of the requests, not all (--record sample)"
            )
        }
        let groups = layout.groupOfDevice
        let points = Self.numbers(layout.operatingPoints)
        let replicas = Self.numbers(layout.replicas)
        var count = 0
        try readDatabase(for: "the requests") { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT device, id & 4294967295 AS sequence, issued, operatingPoint, edge,
                        headStart, headEnd, encodeEnd, serviceStart, serviceEnd, batchSize
                    FROM requests ORDER BY rowid
                    """
            )
            while let row = try rows.next() {
                let device: UInt32 = row["device"]
                guard groups.indices.contains(Int(device)) else { continue }
                body(Self.record(row, device, points, replicas), Int(groups[Int(device)]))
                count += 1
            }
        }
        guard count > 0 else {
            throw .unreadableFile(
                path: file,
                cause: "it holds no requests (none was issued, or --record none kept none)"
            )
        }
    }

    /// Which requests the record holds.
    ///
    /// - Throws: `ResultsError` when there is no record that can be read.
    func recordSelection() throws(ResultsError) -> RecordSelection {
        let text = try readDatabase(for: "the record") { database in
            try String.fetchOne(database, sql: "SELECT value FROM run WHERE key = 'record'")
        }
        // Records of the first versions hold all requests, or visibly none.
        return text.flatMap { RecordSelection($0) } ?? .all
    }

    /// Opens the record, which nothing changes.
    ///
    /// - Parameters:
    ///   - what: What is looked for, for messages.
    ///   - body: Looks for it.
    /// - Returns: What it found.
    /// - Throws: `ResultsError` when there is no record that can be read.
    func readDatabase<Value>(
        for what: String,
        _ body: (Database) throws -> Value
    ) throws(ResultsError) -> Value {
        guard contains(.database) else {
            throw .missingFile(folder: path, file: File.database.rawValue)
        }
        let file = path(of: .database)
        guard holdsMarkedDatabase else {
            throw .unreadableFile(path: file, cause: "it lacks the mark of a simcoord record")
        }
        do {
            var configuration = Configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: file, configuration: configuration)
            defer { try? queue.close() }
            return try queue.inDatabase(body)
        } catch {
            throw .unreadableFile(
                path: file,
                cause: "reading \(what) failed: \(databaseCause(error))"
            )
        }
    }

    private static func numbers(_ names: [String]) -> [String: UInt16] {
        Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, UInt16($0.offset)) })
    }

    private static func record(
        _ row: Row,
        _ device: UInt32,
        _ points: [String: UInt16],
        _ replicas: [String: UInt16]
    ) -> RequestRecord {
        func time(_ column: String) -> SimulationTime {
            let nanoseconds: Int64? = row[column]
            return nanoseconds.map(SimulationTime.init(nanoseconds:)) ?? .absent
        }
        var record = RequestRecord(
            device: device,
            sequence: row["sequence"],
            issued: time("issued")
        )
        let (point, edge): (String?, String?) = (row["operatingPoint"], row["edge"])
        record.operatingPoint = point.flatMap { points[$0] }
        record.replica = edge.flatMap { replicas[$0] }
        record.headStart = time("headStart")
        record.headEnd = time("headEnd")
        record.encodeEnd = time("encodeEnd")
        record.serviceStart = time("serviceStart")
        record.serviceEnd = time("serviceEnd")
        record.batchSize = row["batchSize"] ?? 0
        return record
    }
}
