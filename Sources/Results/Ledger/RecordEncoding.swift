import Cluster
import SimulationCore

/// A record as the bytes that its digest covers: little-endian integers in the order of `RequestRecord`'s
/// fields, one layout for every machine.
///
/// Times and energy take eight bytes and all else four, together two blocks of SHA-256, so that nothing is left
/// over for the next request's. Absent operating points, replicas and predictions are -1; correctness is 0, 1, or 2
/// for unknown; absent times are `Int64.min`.
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
        append(UInt32(record.state.rawValue))
        append(record.issued.nanoseconds)
        let ends = record.stageEnds
        for stage in ends.indices { append(ends[stage].nanoseconds) }
        append(record.payloadBytes)
        append(UInt32(record.batchSize))
        appendPrediction(record)
        append(record.energyNanojoules)
    }

    private mutating func appendOutcome(_ record: RequestRecord) {
        appendChoice(record)
        append(UInt32(record.state.rawValue))
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
        append(record.prediction ?? -1)
        append(record.isCorrect.map { UInt32($0 ? 1 : 0) } ?? 2)
    }

    @inline(__always)
    private mutating func append<Value: FixedWidthInteger>(_ value: Value) {
        bytes.storeBytes(of: value.littleEndian, toByteOffset: length, as: Value.self)
        length += MemoryLayout<Value>.size
    }
}
