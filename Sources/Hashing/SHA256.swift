import CNettle

/// SHA-256 (FIPS 180-4), computed by Nettle.
///
/// 112 bytes, and no reference to more: a million of them are one array.
public struct SHA256: Sendable {
    private var context = sha256_ctx()

    /// Of no bytes yet.
    public init() { nettle_sha256_init(&context) }

    /// Adds bytes to those that the hash is of.
    public mutating func update(bufferPointer bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        nettle_sha256_update(
            &context,
            bytes.count,
            start.assumingMemoryBound(to: UInt8.self)
        )
    }

    /// Adds bytes to those that the hash is of.
    public mutating func update(data: some Sequence<UInt8>) {
        let isContiguous: Void? = data.withContiguousStorageIfAvailable {
            update(bufferPointer: UnsafeRawBufferPointer($0))
        }
        if isContiguous == nil { update(data: Array(data)) }
    }

    /// The 32 bytes of the hash of all bytes so far; more may follow.
    public func finalize() -> [UInt8] {
        // Nettle begins anew after this.
        var context = context
        return Array(unsafeUninitializedCapacity: Int(SHA256_DIGEST_SIZE)) { hash, count in
            nettle_sha256_digest(&context, hash.count, hash.baseAddress)
            count = hash.count
        }
    }

    /// The 32 bytes of the hash of `data`.
    public static func hash(data: some Sequence<UInt8>) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: data)
        return hash.finalize()
    }
}
