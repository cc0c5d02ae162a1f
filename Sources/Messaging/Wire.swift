import SwiftProtobuf

/// What a worker and the coordinator say to each other; see `wire.proto`.
package typealias ControlMessage = WireControlEnvelope.OneOf_Message

/// What devices, the gateway and replicas say to each other; see `wire.proto`.
package typealias DataMessage = WireDataEnvelope.OneOf_Message

/// Encodes and decodes the first frame of a message.
package enum Wire {
    /// Raised when a message changes its meaning; adding a field does not.
    package static let protocolVersion: UInt32 = 1
    /// Bytes of an envelope.
    package static let envelopeBytesBound = 32 << 20

    /// The envelope frame of a control message.
    package static func encode(_ message: ControlMessage) throws(MessagingError) -> [UInt8] {
        var envelope = WireControlEnvelope()
        envelope.protocolVersion = protocolVersion
        envelope.message = message
        return try serialise(envelope, kind: "control message")
    }

    /// The envelope frame of a data message.
    package static func encode(_ message: DataMessage) throws(MessagingError) -> [UInt8] {
        var envelope = WireDataEnvelope()
        envelope.protocolVersion = protocolVersion
        envelope.message = message
        return try serialise(envelope, kind: "data message")
    }

    /// The control message in an envelope frame.
    package static func decodeControl(
        _ frame: [UInt8]
    ) throws(MessagingError) -> ControlMessage {
        let kind = "control message"
        let envelope: WireControlEnvelope = try parse(frame, kind: kind)
        try check(envelope.protocolVersion, kind: kind)
        guard let message = envelope.message else {
            throw .malformed(kind: kind, reason: "it holds none of the known messages")
        }
        return message
    }

    /// The data message in an envelope frame.
    package static func decodeData(_ frame: [UInt8]) throws(MessagingError) -> DataMessage {
        let kind = "data message"
        let envelope: WireDataEnvelope = try parse(frame, kind: kind)
        try check(envelope.protocolVersion, kind: kind)
        guard let message = envelope.message else {
            throw .malformed(kind: kind, reason: "it holds none of the known messages")
        }
        return message
    }

    private static func check(_ version: UInt32, kind: String) throws(MessagingError) {
        guard version != 0 else {
            throw .malformed(kind: kind, reason: "protocol_version is missing")
        }
        guard version == protocolVersion else {
            throw .versionMismatch(received: version, expected: protocolVersion)
        }
    }

    private static func serialise(
        _ envelope: some SwiftProtobuf.Message,
        kind: String
    ) throws(MessagingError) -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try envelope.serializedBytes()
        } catch {
            throw .malformed(kind: kind, reason: "it cannot be encoded: \(error)")
        }
        guard bytes.count <= envelopeBytesBound else {
            throw .frameTooLarge(bytes: bytes.count, bound: envelopeBytesBound)
        }
        return bytes
    }

    private static func parse<Envelope: SwiftProtobuf.Message>(
        _ frame: [UInt8],
        kind: String
    ) throws(MessagingError) -> Envelope {
        guard frame.count <= envelopeBytesBound else {
            throw .malformed(
                kind: kind,
                reason: "its envelope has \(frame.count) bytes, more than \(envelopeBytesBound)"
            )
        }
        do {
            return try Envelope(serializedBytes: frame)
        } catch {
            throw .malformed(kind: kind, reason: "\(error)")
        }
    }
}
