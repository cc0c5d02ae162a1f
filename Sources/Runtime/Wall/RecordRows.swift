import Cluster
import SimulationCore

/// Ended requests as bytes, for a device host's report: fixed rows of little-endian integers.
enum RecordRows {
    static let rowBytes = 120

    static func encode(_ records: some Collection<RequestRecord>) -> [UInt8] {
        let length = records.count * rowBytes
        return [UInt8](unsafeUninitializedCapacity: length) { bytes, initialized in
            var writer = Writer(bytes: UnsafeMutableRawBufferPointer(bytes))
            for record in records { writer.append(record) }
            initialized = length
        }
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

    private static func record(_ reader: inout Reader) -> RequestRecord? {
        let (device, sequence): (UInt32, UInt32) = (reader.next(), reader.next())
        let sample: UInt32 = reader.next()
        let (point, replica): (Int32, Int32) = (reader.next(), reader.next())
        guard let state = RequestState(rawValue: reader.next()) else { return nil }
        var record = RequestRecord(device: device, sequence: sequence, issued: reader.nextTime())
        record.sample = sample
        record.operatingPoint = UInt16(exactly: point)
        record.replica = UInt16(exactly: replica)
        record.state = state
        var ends = record.stageEnds
        for stage in ends.indices { ends[stage] = reader.nextTime() }
        record.stageEnds = ends
        record.payloadBytes = reader.next()
        record.batchSize = reader.next()
        let prediction: Int32 = reader.next()
        record.prediction = prediction == .min ? nil : prediction
        let correct: UInt8 = reader.next()
        record.isCorrect = correct > 1 ? nil : correct == 1
        record.energyNanojoules = reader.next()
        return record
    }

    private struct Writer {
        let bytes: UnsafeMutableRawBufferPointer
        var position = 0

        mutating func append(_ record: RequestRecord) {
            append(record.device)
            append(record.sequence)
            append(record.sample)
            append(record.operatingPoint.map { Int32($0) } ?? -1)
            append(record.replica.map { Int32($0) } ?? -1)
            append(record.state.rawValue)
            append(record.issued.nanoseconds)
            let ends = record.stageEnds
            for stage in ends.indices { append(ends[stage].nanoseconds) }
            append(record.payloadBytes)
            append(record.batchSize)
            append(record.prediction ?? .min)
            append(record.isCorrect.map { $0 ? UInt8(1) : 0 } ?? 2)
            append(record.energyNanojoules)
        }

        private mutating func append<Value: FixedWidthInteger>(_ value: Value) {
            bytes.storeBytes(of: value.littleEndian, toByteOffset: position, as: Value.self)
            position += MemoryLayout<Value>.size
        }
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

        mutating func nextTime() -> SimulationTime { SimulationTime(nanoseconds: next()) }
    }
}
