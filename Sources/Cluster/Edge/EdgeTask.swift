package import SimulationCore

/// Finds an open request again in the structure that issued the handle.
package typealias RequestHandle = UInt32

/// A request on its way from a device through the gateway to a replica and back.
///
/// Every party fills in what it alone knows, so that the device can close the record.
package struct EdgeTask: BitwiseCopyable, Sendable, Equatable {
    package enum Status: UInt8, BitwiseCopyable, Sendable {
        /// On its way, or served.
        case ok
        /// The replica's queue was full.
        case rejected
        /// A worker or the payload was at fault.
        case failed
        /// A shared link's queue was full.
        case dropped
        /// A shared link lost it, with no attempt left.
        case lost
    }

    /// The sender's handle; each hop may put its own in place and restores it on the way back.
    package var handle: RequestHandle
    package var device: UInt32
    package var sequence: UInt32
    package var operatingPoint: UInt16
    /// Index into `Scenario.links`, or `noLink`.
    package var link: UInt16
    package var payloadBytes: UInt32
    package var sample: UInt32
    package var status = Status.ok
    /// The replica's number, or `noReplica`.
    package var replica = Self.noReplica
    package var batchSize: UInt16 = 0
    package var prediction: Int32?
    package var uplinkStart = SimulationTime.absent
    package var uplinkEnd = SimulationTime.absent
    /// Between two attempts over a shared uplink, altogether; nothing is sent then.
    package var uplinkWait = SimulationDuration.zero
    package var arrived = SimulationTime.absent
    package var serviceStart = SimulationTime.absent
    package var serviceEnd = SimulationTime.absent

    /// The link of a device outside the scenario, whose network is its own.
    package static let noLink = UInt16.max
    /// None has been assigned.
    package static let noReplica = UInt16.max

    package init(
        handle: RequestHandle,
        device: UInt32,
        sequence: UInt32,
        operatingPoint: UInt16,
        link: UInt16,
        payloadBytes: UInt32,
        sample: UInt32
    ) {
        self.handle = handle
        self.device = device
        self.sequence = sequence
        self.operatingPoint = operatingPoint
        self.link = link
        self.payloadBytes = payloadBytes
        self.sample = sample
    }

    /// Notes that the next attempt over a shared uplink begins at `start`.
    mutating func wait(until start: SimulationTime) { uplinkWait += start - uplinkEnd }
}
