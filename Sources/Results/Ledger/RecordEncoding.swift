import Cluster
import SimulationCore

/// A record as the bytes that its digest covers: little-endian integers in the order of `RequestRecord`'s
/// fields, one layout for every machine.
///
/// Absent operating points and replicas are -1; a prediction has a byte in front of it that says whether it
/// is there; correctness is 0, 1, or 2 for unknown; absent times are `Int64.min`.
struct RecordEncoding {
    /// Enough for either scope.
    static let capacity = 128

    private let bytes: UnsafeMutableRawBufferPointer
    private var length = 0

    /// Calls `body` with the bytes of `record`.
    @inline(__always)
    static func withBytes(
        of record: RequestRecord,
        scope: DigestScope,
        _ body: (UnsafeRawBufferPointer) -> Void
    ) {
        withUnsafeTemporaryAllocation(byteCount: capacity, alignment: 8) { buffer in
            var encoding = RecordEncoding(bytes: buffer)
            switch scope {
            case .full: encoding.appendAll(record)
            case .outcome: encoding.appendOutcome(record)
            }
            body(UnsafeRawBufferPointer(rebasing: buffer[..<encoding.length]))
        }
    }

    private init(bytes: UnsafeMutableRawBufferPointer) { self.bytes = bytes }

    private mutating func appendAll(_ record: RequestRecord) {
        appendChoice(record)
        append(record.replica.map { Int32($0) } ?? -1)
        append(record.state.rawValue)
        append(record.issued.nanoseconds)
        let ends = record.stageEnds
        for stage in ends.indices { append(ends[stage].nanoseconds) }
        append(record.payloadBytes)
        append(record.batchSize)
        appendPrediction(record)
        append(record.energyNanojoules)
    }

    private mutating func appendOutcome(_ record: RequestRecord) {
        appendChoice(record)
        append(record.state.rawValue)
        append(record.payloadBytes)
        appendPrediction(record)
    }

    private mutating func appendChoice(_ record: RequestRecord) {
        append(record.device)
        append(record.sequence)
        append(record.sample)
        append(record.operatingPoint.map { Int32($0) } ?? -1)
    }

    private mutating func appendPrediction(_ record: RequestRecord) {
        append(UInt8(record.prediction == nil ? 0 : 1))
        append(record.prediction ?? 0)
        append(record.isCorrect.map { UInt8($0 ? 1 : 0) } ?? 2)
    }

    @inline(__always)
    private mutating func append<Value: FixedWidthInteger>(_ value: Value) {
        bytes.storeBytes(of: value.littleEndian, toByteOffset: length, as: Value.self)
        length += MemoryLayout<Value>.size
    }
}
