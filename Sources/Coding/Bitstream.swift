/// The envelope around a body: one byte in front (version and kind), three behind (checksum).
///
/// The checksum covers an identity that is not sent, such as a codec description's fingerprint, so
/// that a payload is refused by any decoder but its own. It detects every burst of up to 24 bits,
/// so every single flipped bit, and every odd number of flipped bits; any other alteration passes
/// it with a probability of 2^-24 (6 in 100 million). BITSTREAM.md states the format.
package enum Bitstream {
    /// What the body holds.
    package enum Body: UInt8, Sendable {
        /// Little-endian IEEE 754 binary32 numbers.
        case float32 = 0

        /// rANS, one lane.
        case oneLane = 1

        /// rANS, four lanes.
        case fourLanes = 2

        /// rANS, two lanes.
        case twoLanes = 3

        init(_ lanes: RangeANS.Lanes) {
            switch lanes {
            case .one: self = .oneLane
            case .two: self = .twoLanes
            case .four: self = .fourLanes
            }
        }

        /// The lanes of a rANS body.
        var lanes: RangeANS.Lanes? {
            switch self {
            case .float32: nil
            case .oneLane: .one
            case .twoLanes: .two
            case .fourLanes: .four
            }
        }
    }

    package static let version = 1

    /// Bytes that the envelope adds to a body.
    package static let overhead = 4

    private static let checksumBytes = 3

    /// Makes a payload out of one byte to be overwritten, followed by the body.
    static func seal(_ payload: inout [UInt8], body: Body, identity: UInt64) {
        payload[0] = UInt8(version) << 4 | body.rawValue
        let checksum = checksum(of: payload, count: payload.count, identity: identity)
        payload.append(UInt8(truncatingIfNeeded: checksum >> 16))
        payload.append(UInt8(truncatingIfNeeded: checksum >> 8))
        payload.append(UInt8(truncatingIfNeeded: checksum))
    }

    /// The payload of `body`.
    package static func payload(_ body: [UInt8], kind: Body, identity: UInt64) -> [UInt8] {
        var payload: [UInt8] = [0]
        payload.reserveCapacity(body.count + overhead)
        payload.append(contentsOf: body)
        seal(&payload, body: kind, identity: identity)
        return payload
    }

    /// Checks the envelope of a payload.
    ///
    /// - Returns: What the body holds, and where it lies in the payload.
    /// - Throws: `CodingError` if the payload is too short, of another version or body kind, or if
    ///   its checksum does not match.
    package static func open(
        _ payload: [UInt8],
        identity: UInt64
    ) throws(CodingError) -> (kind: Body, body: Range<Int>) {
        guard payload.count >= overhead else { throw .payloadTooShort(bytes: payload.count) }
        guard payload[0] >> 4 == UInt8(version) else {
            throw .unsupportedVersion(Int(payload[0] >> 4))
        }
        guard let kind = Body(rawValue: payload[0] & 0xF) else {
            throw .unexpectedBody(kind: Int(payload[0] & 0xF))
        }
        let end = payload.count - checksumBytes
        let stated = payload[end...].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
        guard stated == checksum(of: payload, count: end, identity: identity) else {
            throw .checksumMismatch
        }
        return (kind, 1..<end)
    }

    private static func checksum(of payload: [UInt8], count: Int, identity: UInt64) -> UInt32 {
        var check = CyclicRedundancyCheck()
        withUnsafeBytes(of: identity.littleEndian) { check.update($0) }
        payload.withUnsafeBytes { check.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        return check.value
    }
}
