import Cluster
import Foundation
import GRDB
import Results
import SimulationCore
import Testing

@Suite struct ResultsDatabaseTests {
    private static let times: [(String, any KeyPath<RequestRecord, SimulationTime> & Sendable)] = [
        ("issued", \.issued), ("headStart", \.headStart), ("headEnd", \.headEnd),
        ("encodeEnd", \.encodeEnd), ("uplinkStart", \.uplinkStart), ("uplinkEnd", \.uplinkEnd),
        ("arrived", \.arrived), ("serviceStart", \.serviceStart), ("serviceEnd", \.serviceEnd),
        ("completed", \.completed),
    ]

    private func expectSame(_ row: Row, _ record: RequestRecord) {
        #expect(row["id"] == Int64(record.device) << 32 + Int64(record.sequence))
        #expect(row["device"] == Int64(record.device))
        #expect(row["deviceGroup"] == (record.device < 3 ? "cameras" : "phones"))
        #expect(row["sample"] == Int64(record.sample))
        #expect(row["operatingPoint"] == record.operatingPoint.map { ["local", "split"][Int($0)] })
        #expect(row["edge"] == record.replica.map { "edge/\($0)" })
        #expect(row["state"] == record.state.name)
        for (column, path) in Self.times {
            let time = record[keyPath: path]
            #expect(row[column] == (time == .absent ? nil : time.nanoseconds))
        }
        #expect(row["payloadBytes"] == Int64(record.payloadBytes))
        #expect(row["batchSize"] == (record.batchSize == 0 ? nil : Int64(record.batchSize)))
        #expect(row["prediction"] == record.prediction.map { Int64($0) })
        #expect(row["correct"] == record.isCorrect)
        #expect(row["energy"] == record.energyNanojoules)
    }

    @Test func everyFieldComesBackFromTheRecord() throws {
        var records = variedRecords(perDevice: 3)
        let empty = RequestRecord(device: 0, sequence: 3, issued: .start)
        records.append(empty)
        try withTemporaryFolder { path in
            let folder = try OutputFolder.create(at: path)
            let summary = try summarize(records, folder: folder)
            let queue = try DatabaseQueue(path: folder.path(of: .database))
            try queue.read { database in
                let rows = try Row.fetchAll(database, sql: "SELECT * FROM requests")
                try #require(rows.count == records.count)
                for (row, record) in zip(rows, records) { expectSame(row, record) }
                #expect(rows[0].columnNames.count == 22)
                let devices = try String.fetchAll(
                    database,
                    sql: "SELECT digest FROM devices ORDER BY device"
                )
                #expect(devices.count == 5)
                let digest = try String.fetchOne(
                    database,
                    sql: "SELECT value FROM run WHERE key = 'digest'"
                )
                #expect(digest == summary.digest)
            }
        }
    }

    /// The devices' digests are for telling what a whole record's requests are; others do without.
    @Test(arguments: [(RecordSelection.all, 5), (.sample(fraction: 0.5), 0), (.none, 0)])
    func onlyAWholeRecordHasTheDevicesDigests(selection: RecordSelection, count: Int) throws {
        try withTemporaryFolder { path in
            let folder = try OutputFolder.create(at: path)
            try summarize(variedRecords(perDevice: 3), folder: folder, selection: selection)
            let queue = try DatabaseQueue(path: folder.path(of: .database))
            let devices = try queue.read {
                try Int.fetchOne($0, sql: "SELECT count(*) FROM devices")
            }
            #expect(devices == count)
        }
    }

    @Test func seriesComeBack() throws {
        try withTemporaryFolder { path in
            let folder = try OutputFolder.create(at: path)
            let recorder = try RunRecorder(layout: smallLayout, folder: folder, selection: .none)
            let time = SimulationTime(nanoseconds: 1_500_000_000)
            try recorder.record(
                SeriesPoint(time: time, entity: "edge/0", metric: "queue", value: 4)
            )
            try recorder.record(fullRecord(device: 0, sequence: 0))
            let closing = RunClosing(edges: [], expectations: [], host: smallHost)
            #expect(try recorder.finish(closing).traffic.requests.issued == 1)
            let queue = try DatabaseQueue(path: folder.path(of: .database))
            try queue.read { database in
                let row = try #require(try Row.fetchOne(database, sql: "SELECT * FROM series"))
                #expect(row == ["time": 1.5, "entity": "edge/0", "metric": "queue", "value": 4.0])
                #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM requests") == 0)
            }
        }
    }

    @Test func whatWasFlushedIsReadableWithoutAnEnd() throws {
        try withTemporaryFolder { path in
            let folder = try OutputFolder.create(at: path)
            let recorder = try RunRecorder(layout: smallLayout, folder: folder)
            try recorder.record(fullRecord(device: 0, sequence: 0))
            try recorder.flush()
            try recorder.record(fullRecord(device: 0, sequence: 1))
            let queue = try DatabaseQueue(path: folder.path(of: .database))
            try queue.read { database in
                #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM requests") == 1)
                let finished = try String.fetchOne(
                    database,
                    sql: "SELECT value FROM run WHERE key = 'finished'"
                )
                #expect(finished == "0")
            }
        }
    }

    @Test func moreThanABatchIsKept() throws {
        try withTemporaryFolder { path in
            let folder = try OutputFolder.create(at: path)
            let records = variedRecords(perDevice: 2000)
            try summarize(records, folder: folder)
            let queue = try DatabaseQueue(path: folder.path(of: .database))
            let count = try queue.read {
                try Int.fetchOne($0, sql: "SELECT count(*) FROM requests")
            }
            #expect(count == records.count)
        }
    }

    @Test func aFileThatCannotHoldARecordIsSaid() throws {
        try withTemporaryFolder { path in
            let folder = OutputFolder(existing: path)
            let link = folder.path(of: .database)
            // A device, to which every write fails.
            try FileManager.default.createSymbolicLink(
                atPath: link,
                withDestinationPath: "/dev/full"
            )
            #expect(throws: ResultsError.self) {
                try RunRecorder(layout: smallLayout, folder: folder)
            }
        }
    }
}
