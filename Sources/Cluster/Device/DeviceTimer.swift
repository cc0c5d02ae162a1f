package import SimulationCore

/// What a device host asks its driver to bring back at a time.
package struct DeviceTimer: BitwiseCopyable, Sendable, Equatable {
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
        case issue, giveUp
        case uplinkArrived, uplinkRejoin, uplinkLost
        case downlinkArrived, downlinkRejoin, downlinkLost
    }

    package var kind: Kind
    /// The device whose timer it is: the source of the event.
    package var device: UInt32
    package var handle: RequestHandle
    /// The request's sequence number where the handle may meanwhile name another one.
    package var sequence: UInt32

    init(
        _ kind: Kind,
        device: UInt32,
        handle: RequestHandle = OpenRequests.none,
        sequence: UInt32 = 0
    ) {
        self.kind = kind
        self.device = device
        self.handle = handle
        self.sequence = sequence
    }
}

/// What a device host wants done.
package enum DeviceAction: BitwiseCopyable, Sendable {
    case schedule(DeviceTimer, at: SimulationTime)
    /// Run the chosen operating point's share on the device, then call `computeEnded`.
    case compute(RequestHandle)
    /// Hand the request's `task(of:)` to the gateway: `Gateway.arrive`, or `Gateway.submit` over a
    /// shared link.
    case send(RequestHandle)
}
