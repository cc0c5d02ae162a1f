package import Links

/// A named pair of links between a device and the edge site.
package struct LinkPath: Sendable, Equatable {
    package var name: String
    /// One queue for all devices that name this link, instead of one for each.
    package var isShared: Bool
    package var transport: Transport
    package var uplink: LinkSpecification
    package var downlink: LinkSpecification

    package init(
        name: String,
        isShared: Bool = false,
        transport: Transport = .datagram,
        uplink: LinkSpecification,
        downlink: LinkSpecification
    ) {
        self.name = name
        self.isShared = isShared
        self.transport = transport
        self.uplink = uplink
        self.downlink = downlink
    }
}
