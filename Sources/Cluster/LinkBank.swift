package import BasicContainers
package import Links
package import SimulationCore

/// Links of one direction, and the messages that wait to be sent over them again: what devices and the
/// gateway have in common.
package struct LinkBank: ~Copyable, Sendable {
    private var links: UniqueArray<Link>
    /// Messages that lost a packet, as their next attempt, until they rejoin.
    private var waiting: [RequestHandle: LinkMessage] = [:]

    /// The links are numbered in order.
    package init(links: consuming UniqueArray<Link>) { self.links = links }

    package subscript(link: UInt32) -> Link { _read { yield links[Int(link)] } }

    /// Has the processor fetch a link into its caches.
    func prefetch(_ link: UInt32) { links.prefetch(Int(link)) }

    /// Hands a message to a link.
    ///
    /// - Returns: nil if it was dropped. One that is to be retransmitted waits here: call `rejoin` at the time that
    ///   is stated.
    package mutating func submit(
        _ message: LinkMessage,
        of handle: RequestHandle,
        link: UInt32,
        at time: SimulationTime
    ) -> Transmission? {
        let transmission = links[Int(link)].submit(message, at: time)
        if let transmission { keep(message, of: handle, transmission) }
        return transmission
    }

    /// Puts a message that lost a packet back in its link's queue.
    package mutating func rejoin(
        _ handle: RequestHandle,
        link: UInt32,
        at time: SimulationTime
    ) -> Transmission {
        guard let message = waiting.removeValue(forKey: handle) else {
            preconditionFailure("no message waits to be sent again")
        }
        let transmission = links[Int(link)].rejoin(message, at: time)
        keep(message, of: handle, transmission)
        return transmission
    }

    private mutating func keep(
        _ message: LinkMessage,
        of handle: RequestHandle,
        _ transmission: Transmission
    ) {
        guard case .retransmit = transmission.fate else { return }
        waiting[handle] = LinkMessage(
            device: message.device,
            request: message.request,
            bytes: message.bytes,
            attempt: message.attempt + 1
        )
    }
}

extension Transmission {
    /// What is to happen next for the message, and when: each fate has an event of its own.
    func next<Event>(
        arrived: Event,
        rejoin: Event,
        lost: Event
    ) -> (event: Event, time: SimulationTime) {
        switch fate {
        case .delivered(let arrival): (arrived, arrival)
        case .retransmit(let again): (rejoin, again)
        case .lost: (lost, end)
        }
    }
}
