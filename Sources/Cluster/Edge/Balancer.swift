package import Scenario
import SimulationCore

/// Assigns requests to replicas.
package struct Balancer: Sendable {
    private let balancing: Scenario.Balancing
    private let seed: UInt64
    private let streams: DeviceStreams
    /// Assigned and unfinished requests, by replica.
    package private(set) var outstanding: [Int]
    /// The replicas that take requests, ascending; the choice is made among these.
    private var members: [Int]
    private var next = 0

    package init(
        balancing: Scenario.Balancing,
        replicas: Int,
        seed: UInt64,
        streams: DeviceStreams = DeviceStreams()
    ) {
        precondition(replicas > 0, "a balancer needs a replica")
        self.balancing = balancing
        self.seed = seed
        self.streams = streams
        self.outstanding = Array(repeating: 0, count: replicas)
        self.members = Array(0..<replicas)
    }

    /// Takes a replica that has ended out of the choice.
    package mutating func remove(_ replica: Int) { members.removeAll { $0 == replica } }

    /// Picks the replica for a request and counts it as outstanding there.
    ///
    /// - Returns: nil when no replica is left.
    package mutating func assign(device: UInt32, sequence: UInt32) -> Int? {
        guard !members.isEmpty else { return nil }
        let replica = choose(device: device, sequence: sequence)
        outstanding[replica] += 1
        return replica
    }

    package mutating func finished(on replica: Int) { outstanding[replica] -= 1 }

    private mutating func choose(device: UInt32, sequence: UInt32) -> Int {
        switch balancing {
        case .roundRobin:
            defer { next += 1 }
            if next >= members.count { next = 0 }
            return members[next]
        case .leastOutstanding:
            return leastOutstanding()
        case .powerOfTwoChoices:
            return betterOfTwo(device: device, sequence: sequence)
        case .sticky:
            return members[Int(device) % members.count]
        }
    }

    /// The least loaded; of equals the one that follows the last choice, so that an idle site shares
    /// its work out.
    private mutating func leastOutstanding() -> Int {
        if next >= members.count { next = 0 }
        var best = next
        for part in [next..<members.count, 0..<next] {
            for position in part where outstanding[members[best]] > 0 {
                if outstanding[members[position]] < outstanding[members[best]] { best = position }
            }
        }
        next = best + 1
        return members[best]
    }

    /// The less loaded of two different replicas drawn at random.
    ///
    /// Source: Mitzenmacher, "The power of two choices in randomized load balancing", IEEE TPDS
    /// 12 (2001).
    private func betterOfTwo(device: UInt32, sequence: UInt32) -> Int {
        guard members.count > 1 else { return members[0] }
        var draw = RandomDraw(
            seed: seed,
            purpose: .balancing,
            entity: streams[device],
            request: sequence
        )
        let first = Int(draw.below(UInt64(members.count)))
        var second = Int(draw.below(UInt64(members.count - 1)))
        if second >= first { second += 1 }
        let (one, other) = (members[first], members[second])
        return outstanding[other] < outstanding[one] ? other : one
    }
}
