/// What became of a message that was to be sent without waiting.
package enum SendResult: Sendable, Equatable {
    /// ZeroMQ has taken it and will deliver it if the peer lives.
    case sent
    /// The queue to the peer is full (or there is no peer yet); nothing was sent.
    case wouldBlock
    /// A router has no peer of that routing id (any more); nothing was sent.
    case unreachable
}
