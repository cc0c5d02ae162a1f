/// Why a payload, a table or a codec description was refused.
///
/// The texts name what was read, what is wrong with it and what to do about it.
package enum CodingError: Error, Hashable, Sendable {
    /// The payload has fewer bytes than the envelope alone.
    case payloadTooShort(bytes: Int)

    /// The envelope's version is not one that this build reads.
    case unsupportedVersion(Int)

    /// The envelope announces a body that the codec does not use, or none at all.
    case unexpectedBody(kind: Int)

    /// The payload was altered, cut, extended, or made with another codec description.
    case checksumMismatch

    /// The checksum holds, yet the body is not one that the encoder writes.
    case malformedBody(String)

    /// The symbol has frequency zero, or lies outside the alphabet.
    case symbolNotInTable(symbol: Int, table: Int, position: Int)

    /// A serialised frequency table cannot be read.
    case malformedTable(String)

    /// A serialised codec description cannot be read.
    case malformedDescription(String)
}

extension CodingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .payloadTooShort(let bytes):
            "payload of \(bytes) bytes: the envelope alone takes \(Bitstream.overhead); "
                + "send the whole payload"
        case .unsupportedVersion(let version):
            "payload has bitstream version \(version), this build reads \(Bitstream.version); "
                + "use the same simcoord version on both sides"
        case .unexpectedBody(let kind):
            "payload has body kind \(kind), which this codec does not produce; "
                + "decode it with the codec that encoded it"
        case .checksumMismatch:
            "payload checksum does not match: it was altered on the way, or was encoded with "
                + "another codec description; send it again or use the encoder's description"
        case .malformedBody(let reason):
            "payload body is malformed: \(reason); encode it again"
        case .symbolNotInTable(let symbol, let table, let position):
            "symbol \(symbol) at position \(position) cannot be coded with table \(table), which "
                + "gives it no frequency; build the table with every symbol that may occur"
        case .malformedTable(let reason):
            "frequency table is malformed: \(reason); write it again from its counts"
        case .malformedDescription(let reason):
            "codec description is malformed: \(reason); write it again from the codec"
        }
    }
}
