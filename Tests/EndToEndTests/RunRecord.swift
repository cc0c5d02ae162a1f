import GRDB

/// `results.sqlite`, read as another program would.
struct RunRecord {
    private let database: DatabaseQueue

    init(_ workspace: Workspace, _ out: String = "out") throws {
        var configuration = Configuration()
        configuration.readonly = true
        let path = workspace.path(out) + "/results.sqlite"
        database = try DatabaseQueue(path: path, configuration: configuration)
    }

    func rows(_ sql: String) throws -> [Row] {
        try database.read { try Row.fetchAll($0, sql: sql) }
    }

    func integer(_ sql: String) throws -> Int? {
        try database.read { try Int.fetchOne($0, sql: sql) }
    }

    /// By device, in order.
    func deviceDigests() throws -> [String] {
        try database.read {
            try String.fetchAll($0, sql: "SELECT digest FROM devices ORDER BY device")
        }
    }

    func deviceDigests(ofGroup group: String) throws -> [String] {
        try database.read {
            try String.fetchAll(
                $0,
                sql: "SELECT digest FROM devices WHERE deviceGroup = ? ORDER BY device",
                arguments: [group]
            )
        }
    }
}
