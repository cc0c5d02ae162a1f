import Cluster
import FoundationEssentials

/// Outcomes as bytes, for reports and for the cache: payload bytes, prediction and margin, each in
/// four little-endian bytes.
enum OutcomeRows {
    static let rowBytes = 12

    static func encode(_ outcomes: [OutcomeTable.Outcome]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(outcomes.count * rowBytes)
        for outcome in outcomes {
            append(outcome.payloadBytes, to: &bytes)
            append(UInt32(bitPattern: outcome.prediction ?? -1), to: &bytes)
            append(outcome.margin.bitPattern, to: &bytes)
        }
        return bytes
    }

    /// Nil when the bytes are no whole number of rows.
    static func decode(_ bytes: some RandomAccessCollection<UInt8>) -> [OutcomeTable.Outcome]? {
        guard bytes.count.isMultiple(of: rowBytes) else { return nil }
        var values = Values(bytes: Array(bytes))
        return (0..<bytes.count / rowBytes).map { _ in
            let payload = values.next()
            let prediction = Int32(bitPattern: values.next())
            return OutcomeTable.Outcome(
                payloadBytes: payload,
                prediction: prediction < 0 ? nil : prediction,
                margin: Float(bitPattern: values.next())
            )
        }
    }

    private struct Values {
        let bytes: [UInt8]
        var position = 0

        mutating func next() -> UInt32 {
            defer { position += 4 }
            return (0..<4).reduce(0) { $0 | UInt32(bytes[position + $1]) << (8 * UInt32($1)) }
        }
    }

    private static func append(_ value: UInt32, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: 32, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift)))
        }
    }
}
