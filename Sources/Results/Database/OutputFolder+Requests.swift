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
        guard contains(.database) else {
            throw .missingFile(folder: path, file: File.database.rawValue)
        }
        let file = path(of: .database)
        guard holdsMarkedDatabase else {
            throw .unreadableFile(path: file, cause: "it lacks the mark of a simcoord record")
        }
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
        try reading("the requests", of: file) {
            var configuration = Configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: file, configuration: configuration)
            defer { try? queue.close() }
            try queue.inDatabase { database in
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
    /// - Throws: `ResultsError.unreadableFile` when there is no record that can be read.
    func recordSelection() throws(ResultsError) -> RecordSelection {
        let file = path(of: .database)
        let text = try reading("the record", of: file) {
            var configuration = Configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: file, configuration: configuration)
            defer { try? queue.close() }
            return try queue.inDatabase { database in
                try String.fetchOne(database, sql: "SELECT value FROM run WHERE key = 'record'")
            }
        }
        // Records of the first versions hold all requests, or visibly none.
        return text.flatMap { RecordSelection($0) } ?? .all
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
