package import SimulationCore

/// What a device has seen so far, and the estimates that its policy makes of it.
///
/// Each estimate is an exponentially weighted mean in which the newest observation has the weight
/// `weight`; the first observation stands alone.
package struct LinkObservation: Sendable, Equatable {
    /// The two newest observations together outweigh all older ones.
    static let weight = 0.3
    /// Older estimates of the link are forgotten, so that a device that went local tries it again.
    static let lifetime = SimulationDuration.seconds(10)

    /// Nanoseconds to send one byte; nil before the first observation.
    private(set) var nanosecondsPerByte: Double?
    private var uplinkSeenAt = SimulationTime.start
    /// Nanoseconds from the end of the uplink's transmission to completion.
    private(set) var remote: Double?
    /// Nanoseconds of the device's own share, by operating point.
    private(set) var compute: [Double?]

    package init(points: Int) { compute = Array(repeating: nil, count: points) }

    package mutating func sawUplink(
        bytes: Int,
        took span: SimulationDuration,
        at time: SimulationTime
    ) {
        guard bytes > 0 else { return }
        let sample = Double(span.nanoseconds) / Double(bytes)
        nanosecondsPerByte = Self.blend(isStale(at: time) ? nil : nanosecondsPerByte, sample)
        uplinkSeenAt = time
    }

    package mutating func sawRemote(_ span: SimulationDuration) {
        remote = Self.blend(remote, Double(span.nanoseconds))
    }

    package mutating func sawCompute(_ span: SimulationDuration, operatingPoint: Int) {
        compute[operatingPoint] = Self.blend(compute[operatingPoint], Double(span.nanoseconds))
    }

    /// Nanoseconds to send one byte, unless nothing recent is known.
    package func linkEstimate(at time: SimulationTime) -> Double? {
        isStale(at: time) ? nil : nanosecondsPerByte
    }

    private func isStale(at time: SimulationTime) -> Bool { time - uplinkSeenAt > Self.lifetime }

    private static func blend(_ old: Double?, _ new: Double) -> Double {
        guard let old else { return new }
        return old + weight * (new - old)
    }
}
