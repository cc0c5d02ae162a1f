/// One direction of a TCP path: its options, and how long acknowledgements are under way.
package struct TCPSpecification: Sendable, Equatable {
    package var options: TCPOptions
    /// The other direction's propagation delay; a trace of it is read at this link's offset.
    package var returnDelay: LinkSpecification.Delay

    package init(_ options: TCPOptions = TCPOptions(), returnDelay: LinkSpecification.Delay) {
        self.options = options
        self.returnDelay = returnDelay
    }

    /// What a segment carries: an Ethernet frame's 1500 bytes less `headerBytes`.
    package static var segmentBytes: Int { 1448 }

    /// 20 bytes of IPv4, 20 of TCP and 12 of its time stamps (RFC 791, 9293, 7323).
    package static var headerBytes: Int { 52 }
}
