import Cluster
import SimulationCore

/// Ended requests as bytes, for a device host's report: fixed rows of little-endian integers.
enum RecordRows {
    static let rowBytes = 120

    static func append(_ record: RequestRecord, to bytes: inout [UInt8]) {
        append(record.device, to: &bytes)
        append(record.sequence, to: &bytes)
        append(record.sample, to: &bytes)
        append(record.operatingPoint.map { Int32($0) } ?? -1, to: &bytes)
        append(record.replica.map { Int32($0) } ?? -1, to: &bytes)
        append(record.state.rawValue, to: &bytes)
        append(record.issued.nanoseconds, to: &bytes)
        for path in times { append(record[keyPath: path].nanoseconds, to: &bytes) }
        append(record.payloadBytes, to: &bytes)
        append(record.batchSize, to: &bytes)
        append(record.prediction ?? .min, to: &bytes)
        append(record.isCorrect.map { $0 ? UInt8(1) : 0 } ?? 2, to: &bytes)
        append(record.energyNanojoules, to: &bytes)
    }

    /// Nil when the bytes are no whole number of rows, or a row names no state.
    static func decode(_ bytes: [UInt8]) -> [RequestRecord]? {
        guard bytes.count.isMultiple(of: rowBytes) else { return nil }
        var records: [RequestRecord] = []
        records.reserveCapacity(bytes.count / rowBytes)
        var reader = Reader(bytes: bytes)
        for _ in 0..<bytes.count / rowBytes {
            guard let record = record(&reader) else { return nil }
            records.append(record)
        }
        return records
    }

    private static var times: [WritableKeyPath<RequestRecord, SimulationTime>] {
        [
            \.headStart, \.headEnd, \.encodeEnd, \.uplinkStart, \.uplinkEnd, \.arrived,
            \.serviceStart, \.serviceEnd, \.completed,
        ]
    }

    private static func record(_ reader: inout Reader) -> RequestRecord? {
        let (device, sequence): (UInt32, UInt32) = (reader.next(), reader.next())
        let sample: UInt32 = reader.next()
        let (point, replica): (Int32, Int32) = (reader.next(), reader.next())
        guard let state = RequestState(rawValue: reader.next()) else { return nil }
        let issued = SimulationTime(nanoseconds: reader.next())
        var record = RequestRecord(device: device, sequence: sequence, issued: issued)
        record.sample = sample
        record.operatingPoint = UInt16(exactly: point)
        record.replica = UInt16(exactly: replica)
        record.state = state
        for path in times { record[keyPath: path] = SimulationTime(nanoseconds: reader.next()) }
        record.payloadBytes = reader.next()
        record.batchSize = reader.next()
        let prediction: Int32 = reader.next()
        record.prediction = prediction == .min ? nil : prediction
        let correct: UInt8 = reader.next()
        record.isCorrect = correct > 1 ? nil : correct == 1
        record.energyNanojoules = reader.next()
        return record
    }

    private static func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        mutating func next<Value: FixedWidthInteger>() -> Value {
            defer { position += MemoryLayout<Value>.size }
            return bytes.withUnsafeBytes {
                Value(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: Value.self))
            }
        }
    }
}
