/// What a link carries: one payload or result, sent as a whole.
package struct LinkMessage: Sendable, Equatable {
    /// Tells the device whose request it belongs to from all others; keys the draws, on shared links too.
    package var device: UInt32
    /// The request's sequence number on its device.
    package var request: UInt32
    /// What the coder produced; the link adds its overhead.
    package var bytes: Int
    /// 0 at first, counted up by each retransmission.
    package var attempt: UInt32

    package init(device: UInt32, request: UInt32, bytes: Int, attempt: UInt32 = 0) {
        self.device = device
        self.request = request
        self.bytes = bytes
        self.attempt = attempt
    }
}
