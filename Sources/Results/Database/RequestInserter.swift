import Cluster
import GRDB
import GRDBSQLite
import SimulationCore

/// Writes request records as rows of table `requests`.
///
/// Binds through SQLite's own functions: a row has 22 columns, and a general argument list would cost more than
/// the insertion.
struct RequestInserter {
    static let schema = """
        CREATE TABLE requests (
            id INTEGER NOT NULL,
            device INTEGER NOT NULL,
            deviceGroup TEXT NOT NULL,
            sample INTEGER NOT NULL,
            operatingPoint TEXT,
            edge TEXT,
            state TEXT NOT NULL,
            issued INTEGER NOT NULL,
            headStart INTEGER,
            headEnd INTEGER,
            encodeEnd INTEGER,
            uplinkStart INTEGER,
            uplinkEnd INTEGER,
            arrived INTEGER,
            serviceStart INTEGER,
            serviceEnd INTEGER,
            completed INTEGER,
            payloadBytes INTEGER NOT NULL,
            batchSize INTEGER,
            prediction INTEGER,
            correct INTEGER,
            energy INTEGER NOT NULL
        )
        """
    private static let insertion = """
        INSERT INTO requests VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
        """

    private let groupOfDevice: [UInt16]
    private let groups: TextPool
    private let operatingPoints: TextPool
    private let replicas: TextPool
    private let states = TextPool(RequestState.allCases.map(\.name))

    init(layout: RunLayout) {
        groupOfDevice = layout.groupOfDevice
        groups = TextPool(layout.deviceGroups.map(\.name))
        operatingPoints = TextPool(layout.operatingPoints)
        replicas = TextPool(layout.replicas)
    }

    func insert(_ records: [RequestRecord], into database: Database) throws {
        let statement = try database.cachedStatement(sql: Self.insertion)
        for record in records {
            bind(record, to: statement.sqliteStatement)
            let code = sqlite3_step(statement.sqliteStatement)
            sqlite3_reset(statement.sqliteStatement)
            guard code == SQLITE_DONE else {
                throw DatabaseError(
                    resultCode: ResultCode(rawValue: code),
                    message: database.lastErrorMessage
                )
            }
        }
        sqlite3_clear_bindings(statement.sqliteStatement)
    }

    private func bind(_ record: RequestRecord, to row: OpaquePointer) {
        sqlite3_bind_int64(row, 1, Int64(record.device) << 32 | Int64(record.sequence))
        sqlite3_bind_int64(row, 2, Int64(record.device))
        groups.bind(Int(groupOfDevice[Int(record.device)]), to: row, at: 3)
        sqlite3_bind_int64(row, 4, Int64(record.sample))
        bind(record.operatingPoint, of: operatingPoints, to: row, at: 5)
        bind(record.replica, of: replicas, to: row, at: 6)
        states.bind(Int(record.state.rawValue), to: row, at: 7)
        bind(record.issued, to: row, at: 8)
        bind(record.headStart, to: row, at: 9)
        bind(record.headEnd, to: row, at: 10)
        bind(record.encodeEnd, to: row, at: 11)
        bind(record.uplinkStart, to: row, at: 12)
        bind(record.uplinkEnd, to: row, at: 13)
        bind(record.arrived, to: row, at: 14)
        bind(record.serviceStart, to: row, at: 15)
        bind(record.serviceEnd, to: row, at: 16)
        bind(record.completed, to: row, at: 17)
        sqlite3_bind_int64(row, 18, Int64(record.payloadBytes))
        bind(record.batchSize == 0 ? nil : Int64(record.batchSize), to: row, at: 19)
        bind(record.prediction.map { Int64($0) }, to: row, at: 20)
        bind(record.isCorrect.map { $0 ? 1 : 0 }, to: row, at: 21)
        sqlite3_bind_int64(row, 22, record.energyNanojoules)
    }

    private func bind(_ time: SimulationTime, to row: OpaquePointer, at parameter: Int32) {
        bind(time == .absent ? nil : time.nanoseconds, to: row, at: parameter)
    }

    private func bind(_ value: Int64?, to row: OpaquePointer, at parameter: Int32) {
        if let value {
            sqlite3_bind_int64(row, parameter, value)
        } else {
            sqlite3_bind_null(row, parameter)
        }
    }

    private func bind(
        _ index: UInt16?,
        of texts: TextPool,
        to row: OpaquePointer,
        at parameter: Int32
    ) {
        if let index {
            texts.bind(Int(index), to: row, at: parameter)
        } else {
            sqlite3_bind_null(row, parameter)
        }
    }
}
