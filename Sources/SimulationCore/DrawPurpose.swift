/// What a random draw is for.
///
/// The raw values are part of a run's identity: never renumber them, nor use 12, 16, 19 or 24 again.
public enum DrawPurpose: UInt8, Sendable, CaseIterable {
    case arrival = 1
    case service = 2
    case uplinkLoss = 3
    case downlinkLoss = 4
    case uplinkJitter = 5
    case downlinkJitter = 6
    case uplinkLossState = 7
    case downlinkLossState = 8
    case balancing = 9
    case offset = 10
    case thinkTime = 11
    case sample = 13
    case deviceStage = 14
    case jitteredArrival = 15
    case bootstrap = 17
    case crossFit = 18
    case view = 20
    case fisherProjection = 21
    case trainingOrder = 22
    case trainingNoise = 23
    case record = 25
    case host = 26
    case test = 255
}
