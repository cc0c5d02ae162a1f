package import SimulationCore

/// What all links of one specification and direction have in common, held once.
package struct LinkModel: Sendable {
    /// One immutable copy for all links.
    final class Storage: Sendable {
        let specification: LinkSpecification
        let direction: LinkDirection
        let seed: UInt64
        let service: LinkService
        let tcp: TCPSpecification?
        /// What a packet carries, and what it takes besides.
        let packetPayload: Int
        let packetOverhead: Int

        init(
            specification: LinkSpecification,
            direction: LinkDirection,
            seed: UInt64,
            tcp: TCPSpecification?
        ) {
            self.specification = specification
            self.direction = direction
            self.seed = seed
            self.service = LinkService(specification.capacity)
            self.tcp = tcp
            self.packetPayload = tcp == nil ? LinkModel.packetBytes : TCPSpecification.segmentBytes
            self.packetOverhead =
                specification.overhead.perPacket + (tcp == nil ? 0 : TCPSpecification.headerBytes)
        }
    }

    let storage: Storage

    /// Loss is drawn per packet of this many bytes, and a bound in packets counts them.
    package static var packetBytes: Int { 1500 }

    /// Prepares what links share; `seed` is the scenario's, and without `tcp` they carry datagrams.
    package init(
        _ specification: LinkSpecification,
        direction: LinkDirection,
        seed: UInt64,
        tcp: TCPSpecification? = nil
    ) {
        self.storage = Storage(
            specification: specification,
            direction: direction,
            seed: seed,
            tcp: tcp
        )
    }

    package var specification: LinkSpecification { storage.specification }

    /// How many packets a message of `size` bytes takes, its own overhead included; at least one.
    package func packets(size: Int) -> Int {
        let bytes = size + storage.specification.overhead.perMessage
        let payload = storage.packetPayload
        return max(1, (bytes + payload - 1) / payload)
    }

    /// What a message of `size` bytes puts on the link, all overhead included.
    package func wireBytes(size: Int) -> Int {
        wireBytes(size: size, packets: packets(size: size))
    }

    /// The same, where the packets have been counted.
    func wireBytes(size: Int, packets: Int) -> Int {
        size + storage.specification.overhead.perMessage + packets * storage.packetOverhead
    }

    /// What one of its packets puts on the link; all but the last are full.
    func wireBytes(packet: Int, size: Int) -> Int {
        let left = size + storage.specification.overhead.perMessage - packet * storage.packetPayload
        return min(left, storage.packetPayload) + storage.packetOverhead
    }

    /// The delay for a message that leaves at `time` of the trace, jitter apart.
    package func delay(at time: SimulationTime) -> SimulationDuration {
        switch storage.specification.delay {
        case .constant(let delay): delay
        case .trace(let trace): trace.delay(at: time)
        }
    }
}
