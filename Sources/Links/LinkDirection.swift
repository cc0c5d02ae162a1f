import SimulationCore

/// Which way a link carries; the two directions of a path draw independently.
package enum LinkDirection: Sendable {
    case uplink
    case downlink

    var loss: DrawPurpose { self == .uplink ? .uplinkLoss : .downlinkLoss }
    var lossState: DrawPurpose { self == .uplink ? .uplinkLossState : .downlinkLossState }
    var jitter: DrawPurpose { self == .uplink ? .uplinkJitter : .downlinkJitter }
}
