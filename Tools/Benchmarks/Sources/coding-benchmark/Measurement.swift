import Coding
import Foundation

/// What one round says of a case; printed as a line of JSON.
struct Measurement: Encodable {
    var bytes: Int
    var idealBytes: Double
    var encodeSeconds: Double
    var decodeSeconds: Double

    /// Encodes and decodes symbols as often as fit in `seconds`, each.
    init(of subject: Case, seconds: Double) throws {
        let tables = CodingTables(subject.tables)
        let (symbols, segments) = (subject.symbols, subject.segments)
        var encoder = RangeANSEncoder()
        var body: [UInt8] = []
        var lanes = RangeANS.Lanes.one
        encodeSeconds = try Self.time(seconds) {
            body.removeAll(keepingCapacity: true)
            lanes = try symbols.withUnsafeBufferPointer { symbols in
                try encoder.encode(symbols, segments: segments, tables: tables, appendingTo: &body)
            }
        }
        var decoded = [UInt8](repeating: 0, count: symbols.count)
        decodeSeconds = try Self.time(seconds) {
            var decoder = try RangeANSDecoder(bytes: body, range: 0..<body.count, lanes: lanes)
            try decoded.withUnsafeMutableBufferPointer { decoded in
                var offset = 0
                for segment in segments {
                    let run = decoded[offset..<offset + segment.count]
                    try decoder.decode(
                        into: UnsafeMutableBufferPointer(rebasing: run),
                        table: segment.table,
                        of: tables
                    )
                    offset += segment.count
                }
            }
            try decoder.finish()
        }
        precondition(decoded == symbols, "\(subject.name) does not come back")
        bytes = body.count
        idealBytes = try tables.idealCodeLength(of: symbols, segments: segments) / 8
    }

    /// Encodes and decodes a latent, quantiser and envelope included.
    init(of latent: [Float], codec: LatentCodec, seconds: Double) throws {
        var (payload, scratch): ([UInt8], LatentScratch) = ([], LatentScratch())
        encodeSeconds = Self.time(seconds) {
            latent.withUnsafeBufferPointer {
                codec.encode($0, into: &payload, scratch: &scratch)
            }
        }
        var decoded = [Float](repeating: 0, count: latent.count)
        decodeSeconds = try Self.time(seconds) {
            try decoded.withUnsafeMutableBufferPointer {
                try codec.decode(payload, into: $0, scratch: &scratch)
            }
        }
        let values = codec.values(of: latent)
        precondition(decoded == codec.reconstruction(of: values), "a latent does not come back")
        bytes = payload.count
        idealBytes = codec.idealCodeLength(of: values) / 8
    }

    /// Seconds of processor time that one call of `work` takes.
    ///
    /// The clock is read every so often only, as it may take a microsecond.
    private static func time(_ seconds: Double, _ work: () throws -> Void) rethrows -> Double {
        try work()
        let start = processorTime()
        var (elapsed, calls, batch) = (0.0, 0, 1)
        while elapsed < seconds {
            for _ in 0..<batch { try work() }
            calls += batch
            elapsed = processorTime() - start
            if elapsed < seconds / 16 { batch *= 2 }
        }
        return elapsed / Double(calls)
    }

    private static func processorTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }
}
