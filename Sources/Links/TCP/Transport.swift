/// How the messages of a path are carried.
package enum Transport: Sendable, Equatable {
    /// Whole messages, which a lost packet makes the sender send again from the start.
    case datagram
    /// One TCP connection between device and edge site.
    case tcp(TCPOptions)
}
