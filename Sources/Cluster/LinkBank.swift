package import Links
package import SimulationCore

/// Links of one direction and the requests on them: what devices and the gateway have in common.
///
/// Timers that a driver must bring back are appended to `timers`; the owner drains them.
package struct LinkBank: Sendable {
    package enum Timer: Sendable, Equatable {
        /// Call `ended(link:)`.
        case ended(link: UInt32)
        /// The request has come out at the far end.
        case arrived(RequestHandle)
        /// Call `rejoin`.
        case rejoin(link: UInt32, RequestHandle)
    }

    package enum Fate: Sendable, Equatable {
        /// An `arrived` timer follows.
        case delivered
        /// A `rejoin` timer follows.
        case waitsToRejoin
        case lost
    }

    /// A timer, and when it is due.
    package struct Due: Sendable {
        package var timer: Timer
        package var time: SimulationTime
    }

    package private(set) var links: [Link]
    package var timers: [Due] = []
    /// Messages that lost a packet, until they rejoin.
    private var waiting: [RequestHandle: LinkMessage] = [:]

    package init(links: [Link]) { self.links = links }

    /// Hands a message to a link.
    ///
    /// - Returns: whether it was admitted.
    package mutating func submit(
        _ message: LinkMessage,
        link: UInt32,
        at time: SimulationTime
    ) -> Bool {
        let submission = links[Int(link)].submit(message, at: time)
        schedule(submission, link: link)
        if case .dropped = submission { return false }
        return true
    }

    /// Takes the message whose transmission has ended off its link.
    package mutating func ended(
        link: UInt32,
        at time: SimulationTime
    ) -> (transmission: TransmissionEnd, fate: Fate) {
        let (transmission, next) = links[Int(link)].transmissionEnded(at: time)
        if let next { timers.append(Due(timer: .ended(link: link), time: next)) }
        let handle = transmission.message.handle
        switch transmission.fate {
        case .delivered(let arrival):
            timers.append(Due(timer: .arrived(handle), time: arrival))
            return (transmission, .delivered)
        case .retransmit(let again):
            waiting[handle] = transmission.message
            timers.append(Due(timer: .rejoin(link: link, handle), time: again))
            return (transmission, .waitsToRejoin)
        case .lost:
            return (transmission, .lost)
        }
    }

    /// Puts a message that lost a packet back in its link's queue.
    package mutating func rejoin(
        _ handle: RequestHandle,
        link: UInt32,
        at time: SimulationTime
    ) {
        guard let message = waiting.removeValue(forKey: handle) else { return }
        schedule(links[Int(link)].rejoin(message, at: time), link: link)
    }

    private mutating func schedule(_ submission: Submission, link: UInt32) {
        guard case .started(let end) = submission else { return }
        timers.append(Due(timer: .ended(link: link), time: end))
    }
}
