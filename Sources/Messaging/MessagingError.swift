/// What can go wrong with sockets and wire messages.
package enum MessagingError: Error, Equatable, Sendable {
    /// A ZeroMQ call failed: which, on what, and the library's reason.
    case socket(operation: String, subject: String, reason: String)
    /// A message has more frames than `bound`; it was discarded.
    case tooManyFrames(count: Int, bound: Int)
    /// A frame is larger than `bound`; it was not sent.
    case frameTooLarge(bytes: Int, bound: Int)
    /// Bytes that are not a message of the kind expected.
    case malformed(kind: String, reason: String)
    /// A peer speaks another version of the protocol.
    case versionMismatch(received: UInt32, expected: UInt32)
}

extension MessagingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .socket(let operation, let subject, let reason):
            "ZeroMQ could not \(operation) \(subject): \(reason)"
        case .tooManyFrames(let count, let bound):
            "a message of \(count) frames was discarded; at most \(bound) are allowed"
        case .frameTooLarge(let bytes, let bound):
            "a frame of \(bytes) bytes cannot be sent; at most \(bound) bytes are allowed"
        case .malformed(let kind, let reason):
            "received bytes are not a valid \(kind): \(reason)"
        case .versionMismatch(let received, let expected):
            "the peer speaks version \(received) of simcoord's wire protocol, this process "
                + "version \(expected); run the same simcoord build on both sides"
        }
    }
}
