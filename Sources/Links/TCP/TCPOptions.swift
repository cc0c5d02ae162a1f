/// What a scenario may say of a path's TCP; the standards are those of Linux.
package struct TCPOptions: Sendable, Equatable {
    package var connection: Connection
    /// Segments that may be sent before the first acknowledgement (RFC 6928).
    package var initialWindow: Int
    /// Whether the window shrinks again while nothing is sent (RFC 2861; `tcp_slow_start_after_idle`).
    package var slowStartAfterIdle: Bool
    /// Bytes that the bottleneck holds, headers included, before it loses segments; nil is unbounded.
    package var buffer: Int?

    package init(
        connection: Connection = .keptAlive,
        initialWindow: Int = 10,
        slowStartAfterIdle: Bool = true,
        buffer: Int? = nil
    ) {
        self.connection = connection
        self.initialWindow = initialWindow
        self.slowStartAfterIdle = slowStartAfterIdle
        self.buffer = buffer
    }

    package enum Connection: String, CaseIterable, Sendable, Equatable {
        /// Opened by the first request, and used by all.
        case keptAlive
        /// Each request opens one, and its result returns on it.
        case perRequest
    }
}
