import CZeroMQ

/// ZeroMQ's I/O threads and the sockets that use them.
///
/// Sockets retain their context; it ends with the last of them. Ending waits for messages still
/// to be sent for at most `linger`. Keep it out of a `main.swift` global, which is
/// never destroyed: replies would be lost.
///
/// `@unchecked Sendable`: the only member is a ZeroMQ context, which its manual documents as
/// thread-safe.
package final class MessagingContext: @unchecked Sendable {
    /// How long a closed socket keeps trying to deliver, in milliseconds: 0 loses large replies,
    /// ZeroMQ's own default hangs for ever on a dead peer.
    package static let lingerMilliseconds: Int32 = 2_000

    let handle: UnsafeMutableRawPointer

    /// Starts a context with one I/O thread, which carries about a gigabyte a second.
    ///
    /// - Throws: `MessagingError.socket` when the system has no memory left.
    package init() throws(MessagingError) {
        guard let handle = zmq_ctx_new() else {
            throw .lastFailure(operation: "make", subject: "a context")
        }
        self.handle = handle
    }

    deinit {
        // Interrupted by a signal: the manual asks to call again.
        while zmq_ctx_term(handle) != 0, zmq_errno() == EINTR {}
    }
}

extension MessagingError {
    /// The failure that ZeroMQ's last call on this thread reported.
    static func lastFailure(operation: String, subject: String) -> MessagingError {
        .socket(
            operation: operation,
            subject: subject,
            reason: String(cString: zmq_strerror(zmq_errno()))
        )
    }
}
