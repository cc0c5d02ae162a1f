/// What a socket can do without waiting.
package struct SocketEvents: OptionSet, Sendable {
    package let rawValue: Int32

    package init(rawValue: Int32) { self.rawValue = rawValue }

    /// A whole message can be received.
    package static let readable = SocketEvents(rawValue: 1)
    /// A message can be sent.
    package static let writable = SocketEvents(rawValue: 2)
}
