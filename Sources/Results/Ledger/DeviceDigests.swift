import BasicContainers
import CPrefetch
package import Cluster
import Crypto
import SimulationCore

/// SHA-256 over each device's requests in sequence order, then over the devices' digests in order.
///
/// The ledger's fingerprint: equal for equal runs, whatever the order in which requests of different
/// devices ended. About 150 bytes for each device that has issued.
package struct DeviceDigests: ~Copyable {
    private let scope: DigestScope
    private var hashers: UniqueArray<SHA256?>

    package init(deviceCount: Int, scope: DigestScope) {
        self.scope = scope
        self.hashers = UniqueArray(repeating: nil, count: deviceCount)
    }

    /// Has the processor fetch a device's hasher into its caches.
    func prefetch(_ device: UInt32) { hashers.prefetch(Int(device)) }

    /// The same for what the hasher refers to, once it is there itself.
    func prefetchState(_ device: UInt32) {
        // Only prefetched: it need not be an address.
        let state = hashers.span.withUnsafeBufferPointer {
            UnsafeRawBufferPointer($0)
                .load(fromByteOffset: Int(device) * MemoryLayout<SHA256?>.stride, as: UInt.self)
        }
        for offset in stride(from: UInt(0), to: Self.stateBytes, by: 64) {
            cprefetch(UnsafeRawPointer(bitPattern: state &+ offset))
        }
    }

    private static let stateBytes: UInt = 152

    /// Adds a request, which must follow the earlier ones of its device.
    @inline(__always)
    package mutating func append(_ record: RequestRecord) {
        let device = Int(record.device)
        if hashers[device] == nil { hashers[device] = SHA256() }
        RecordEncoding.withBytes(of: record, scope: scope) { bytes in
            hashers[device]?.update(bufferPointer: bytes)
        }
    }

    /// In order of the devices; 64 lower-case hexadecimal digits each.
    package var perDevice: [String] {
        hashers.indices.map { (hashers[$0] ?? SHA256()).finalize().hexadecimal }
    }

    /// 64 lower-case hexadecimal digits.
    package var total: String {
        var hasher = SHA256()
        for device in hashers.indices {
            let digest = (hashers[device] ?? SHA256()).finalize()
            digest.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        }
        return hasher.finalize().hexadecimal
    }
}
