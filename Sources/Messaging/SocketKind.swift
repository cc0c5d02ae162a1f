/// The ZeroMQ patterns in use.
package enum SocketKind: String, Sendable, CaseIterable {
    /// Talks to many peers; the first frame of each message is the peer's routing id.
    case router
    /// Talks to one router.
    case dealer
}
