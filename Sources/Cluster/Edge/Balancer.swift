package import Scenario
import SimulationCore

/// Assigns requests to replicas.
package struct Balancer: Sendable {
    private let balancing: Scenario.Balancing
    private let seed: UInt64
    /// Assigned and unfinished requests, by replica.
    package private(set) var outstanding: [Int]
    private var next = 0

    package init(balancing: Scenario.Balancing, replicas: Int, seed: UInt64) {
        precondition(replicas > 0, "a balancer needs a replica")
        self.balancing = balancing
        self.seed = seed
        self.outstanding = Array(repeating: 0, count: replicas)
    }

    /// Picks the replica for a request and counts it as outstanding there.
    package mutating func assign(device: UInt32, sequence: UInt32) -> Int {
        let replica = choose(device: device, sequence: sequence)
        outstanding[replica] += 1
        return replica
    }

    package mutating func finished(on replica: Int) { outstanding[replica] -= 1 }

    private mutating func choose(device: UInt32, sequence: UInt32) -> Int {
        switch balancing {
        case .roundRobin:
            defer { next = next + 1 == outstanding.count ? 0 : next + 1 }
            return next
        case .leastOutstanding:
            return leastOutstanding()
        case .powerOfTwoChoices:
            return betterOfTwo(device: device, sequence: sequence)
        case .sticky:
            return Int(device) % outstanding.count
        }
    }

    /// The first of the least loaded.
    private func leastOutstanding() -> Int {
        var best = 0
        for replica in outstanding.indices where outstanding[replica] < outstanding[best] {
            best = replica
        }
        return best
    }

    /// The less loaded of two different replicas drawn at random.
    ///
    /// Source: Mitzenmacher, "The power of two choices in randomized load balancing", IEEE TPDS
    /// 12 (2001).
    private func betterOfTwo(device: UInt32, sequence: UInt32) -> Int {
        guard outstanding.count > 1 else { return 0 }
        var draw = RandomDraw(seed: seed, purpose: .balancing, entity: device, request: sequence)
        let first = Int(draw.below(UInt64(outstanding.count)))
        var second = Int(draw.below(UInt64(outstanding.count - 1)))
        if second >= first { second += 1 }
        return outstanding[second] < outstanding[first] ? second : first
    }
}
