package import SimulationCore

/// What a device has seen so far, and the estimates that its policy makes of it.
///
/// Each estimate is an exponentially weighted mean in which the newest observation has the weight
/// `weight`; the first observation stands alone.
package struct LinkObservation: Sendable, Equatable {
    /// The two newest observations together outweigh all older ones.
    static let weight = 0.3
    /// An older estimate of the link serves on, but does not bear on the next one, and a device that sends nothing
    /// tries the link again.
    static let lifetime = SimulationDuration.seconds(10)
    /// Of so many requests at most one is such a trial.
    static let requestsPerTrial = 10

    /// Nanoseconds to send one byte; nil before the first observation.
    private(set) var nanosecondsPerByte: Double?
    private var uplinkSeenAt = SimulationTime.start
    /// Choices to stay on the device since a transmission was seen, or the link tried.
    private var localChoices = 0
    /// Nanoseconds from the end of the uplink's transmission to completion, and what the way over the uplink took
    /// besides sending.
    private(set) var remote: Double?
    /// Nanoseconds that a request was at the edge site.
    private(set) var site: Double?
    private var leastRemote: Double?
    private var leastSite: Double?
    private var replySeenAt = SimulationTime.start
    /// Nanoseconds of the device's own share, by operating point.
    private(set) var compute: [Double?]
    /// Transmissions whose ends the link has named, in the order in which they are seen.
    private var ahead: [Sight] = []

    private struct Sight: Equatable {
        let nanosecondsPerByte: Double
        let time: SimulationTime
    }

    package init(points: Int) { compute = Array(repeating: nil, count: points) }

    /// A transmission ends at `time`, which may lie ahead: the device learns it then.
    package mutating func seesUplink(
        bytes: Int,
        took span: SimulationDuration,
        at time: SimulationTime
    ) {
        guard bytes > 0 else { return }
        let sample = Double(span.nanoseconds) / Double(bytes)
        ahead.append(Sight(nanosecondsPerByte: sample, time: time))
    }

    /// Learns what has ended by `time`.
    package mutating func advance(to time: SimulationTime) {
        let seen = ahead.prefix { $0.time <= time }
        for sight in seen {
            let isStale = isStale(at: sight.time)
            nanosecondsPerByte = Self.blend(
                isStale ? nil : nanosecondsPerByte,
                sight.nanosecondsPerByte
            )
            uplinkSeenAt = sight.time
            localChoices = 0
        }
        ahead.removeFirst(seen.count)
    }

    /// Notes that a request is to stay on the device.
    ///
    /// - Returns: whether it may try the link instead.
    package mutating func allowsTrial(at time: SimulationTime) -> Bool {
        localChoices += 1
        guard isStale(at: time), localChoices >= Self.requestsPerTrial else { return false }
        localChoices = 0
        return true
    }

    /// A result came.
    ///
    /// - Parameters:
    ///   - span: From the end of the uplink's transmission, and what that took besides sending.
    ///   - atSite: Of it, from arrival to the end of service.
    ///   - time: When it came.
    package mutating func sawReply(
        after span: SimulationDuration,
        atSite: SimulationDuration,
        at time: SimulationTime
    ) {
        let isStale = time - replySeenAt > Self.lifetime
        let (remoteSample, siteSample) = (Double(span.nanoseconds), Double(atSite.nanoseconds))
        remote = Self.blend(isStale ? nil : remote, remoteSample)
        site = Self.blend(isStale ? nil : site, siteSample)
        leastRemote = min(leastRemote ?? remoteSample, remoteSample)
        leastSite = min(leastSite ?? siteSample, siteSample)
        replySeenAt = time
    }

    package mutating func sawCompute(_ span: SimulationDuration, operatingPoint: Int) {
        compute[operatingPoint] = Self.blend(compute[operatingPoint], Double(span.nanoseconds))
    }

    /// Takes the link for as fast as can be, and the rest of the way for as fast as it ever was.
    package mutating func hopeForTheBest() {
        (nanosecondsPerByte, remote, site) = (0, leastRemote, leastSite)
    }

    private func isStale(at time: SimulationTime) -> Bool { time - uplinkSeenAt > Self.lifetime }

    private static func blend(_ old: Double?, _ new: Double) -> Double {
        guard let old else { return new }
        return old + weight * (new - old)
    }
}
