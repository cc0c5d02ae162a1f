import SimulationCore

/// The hold model: a queue of constant size, each operation of which pops the first event and pushes it anew.
///
/// The time of the k-th push is the popped time (0 at first) plus increment k, counted round through the list. So the
/// sequence of popped times depends on the increments alone, not on how a queue orders events of equal times.
struct HoldModel: ~Copyable {
    private var queue: EventQueue<UInt64>
    private let increments: [Int64]
    private var pushed = 0
    /// Of all times popped so far.
    private(set) var checksum: UInt64 = 0

    /// A queue with its first events.
    ///
    /// - Parameters:
    ///   - pending: how many events stay in the queue, one of each source.
    ///   - increments: in nanoseconds, not negative.
    init(pending: Int, increments: [Int64]) {
        self.increments = increments
        queue = EventQueue()
        for source in 0..<pending { push(UInt64(source), at: .start) }
    }

    /// Pops and pushes so many events.
    mutating func hold(_ operations: Int) {
        for _ in 0..<operations {
            guard let (time, source) = queue.pop() else {
                preconditionFailure("a hold model never runs empty")
            }
            checksum = checksum &* 6_364_136_223_846_793_005 &+ UInt64(time.nanoseconds)
            push(source, at: time)
        }
    }

    private mutating func push(_ source: UInt64, at time: SimulationTime) {
        let increment = SimulationDuration(nanoseconds: increments[pushed])
        pushed += 1
        if pushed == increments.count { pushed = 0 }
        queue.push(source, at: time + increment, from: UInt32(source))
    }
}
