import BasicContainers
package import Cluster
import Hashing
import SimulationCore

/// SHA-256 over each device's requests in sequence order, then over the devices' digests in order.
///
/// The ledger's fingerprint: equal for equal runs, whatever the order in which requests of different
/// devices ended. 112 bytes for each device.
package struct DeviceDigests: ~Copyable {
    private let scope: DigestScope
    private var hashers: UniqueArray<SHA256>

    package init(deviceCount: Int, scope: DigestScope) {
        self.scope = scope
        self.hashers = UniqueArray(repeating: SHA256(), count: deviceCount)
    }

    /// Has the processor fetch a device's hasher into its caches.
    func prefetch(_ device: UInt32) { hashers.prefetch(Int(device)) }

    /// Adds a request, which must follow the earlier ones of its device.
    @inline(__always)
    package mutating func append(_ record: RequestRecord) {
        let device = Int(record.device)
        RecordEncoding.withBytes(of: record, scope: scope) { bytes in
            hashers[device].update(bufferPointer: bytes)
        }
    }

    /// In order of the devices; 64 lower-case hexadecimal digits each.
    package var perDevice: [String] {
        hashers.indices.map { hashers[$0].finalize().hexadecimal }
    }

    /// 64 lower-case hexadecimal digits.
    package var total: String {
        var hasher = SHA256()
        for device in hashers.indices {
            hasher.update(data: hashers[device].finalize())
        }
        return hasher.finalize().hexadecimal
    }
}
