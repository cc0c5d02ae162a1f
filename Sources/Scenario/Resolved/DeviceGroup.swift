package import Links
package import SimulationCore

/// A group of like devices.
///
/// Devices are numbered from 0 through all groups in order.
package struct DeviceGroup: Sendable, Equatable {
    package var name: String
    package var count: Int
    package var hardware: Hardware
    /// Index into `Scenario.links`; nil when every operating point of the policy is local.
    package var link: Int?
    package var arrivals: Arrivals
    /// Requests that complete later than this have missed it, but still complete.
    package var deadline: SimulationDuration?
    /// The client gives up after this long; the request ends as timed out.
    package var timeout: SimulationDuration?
    /// Most requests that may wait for the device's processor; one more is dropped.
    package var queue: Int
    package var policy: Policy

    package init(
        name: String,
        count: Int = 1,
        hardware: Hardware = .host,
        link: Int? = nil,
        arrivals: Arrivals,
        deadline: SimulationDuration? = nil,
        timeout: SimulationDuration? = nil,
        queue: Int = 64,
        policy: Policy
    ) {
        self.name = name
        self.count = count
        self.hardware = hardware
        self.link = link
        self.arrivals = arrivals
        self.deadline = deadline
        self.timeout = timeout
        self.queue = queue
        self.policy = policy
    }

    package enum Arrivals: Sendable, Equatable {
        /// A Poisson process of `rate` requests per second and device.
        case poisson(rate: Double)
        /// One request each `period` nanoseconds, which a rate need not make a whole number, moved later by a
        /// uniform draw from `0..<jitter`; the first at `phase`, or at a random part of the period when nil.
        case periodic(
            period: Double,
            jitter: SimulationDuration,
            phase: SimulationDuration?
        )
        /// `concurrency` requests in flight per device; the next is issued a think time after one ends.
        case closed(concurrency: Int, think: DurationDistribution)
        /// The group's arrivals, dealt to its devices in turn.
        case trace(ArrivalTrace)
    }

    package enum Policy: Sendable, Equatable {
        case fixed(Int)
        /// The most accurate point predicted to meet the deadline.
        case deadline([Int])
        /// The point with the lowest predicted latency.
        case fastest([Int])
        /// As `deadline`, but knows the link's future.
        case oracle([Int])

        /// Indices of the operating points that it may choose.
        package var operatingPoints: [Int] {
            switch self {
            case .fixed(let point): [point]
            case .deadline(let points), .fastest(let points), .oracle(let points): points
            }
        }
    }
}
