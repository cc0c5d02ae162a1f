import Cluster
import SimulationCore
import Testing

@testable import Runtime

@Suite struct RecordRowsTests {
    private var full: RequestRecord {
        var record = RequestRecord(device: 7, sequence: .max, issued: .init(nanoseconds: 1))
        record.sample = 9
        record.operatingPoint = 2
        record.replica = 0
        record.state = .timedOut
        record.headStart = .init(nanoseconds: 2)
        record.completed = .init(nanoseconds: .max)
        record.payloadBytes = 300
        record.batchSize = 4
        record.prediction = 0
        record.isCorrect = false
        record.energyNanojoules = -5
        return record
    }

    @Test func recordsSurviveARoundTrip() {
        let records = [full, RequestRecord(device: 0, sequence: 0, issued: .start), full]
        let bytes = RecordRows.encode(records)
        #expect(bytes.count == 3 * RecordRows.rowBytes)
        #expect(RecordRows.decode(bytes) == records)
    }

    @Test func damagedRowsAreRefused() {
        var bytes = RecordRows.encode([full])
        #expect(RecordRows.decode(Array(bytes.dropLast())) == nil)
        // The state follows five integers of four bytes.
        bytes[20] = 99
        #expect(RecordRows.decode(bytes) == nil)
    }
}
