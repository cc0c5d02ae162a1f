import FoundationEssentials

/// What the workers that compute the outcome table are told beside the scenario.
struct OutcomeAssignment: Codable, Sendable {
    /// By operating point; empty where there is none.
    var codecDescriptions: [Data]
    /// The operating points to compute.
    var points: [Int]
    /// This worker takes samples `shard`, `shard + shards`, ….
    var shard: Int
    var shards: Int

    /// The samples of this worker's share.
    func samples(of count: Int) -> StrideTo<Int> { stride(from: shard, to: count, by: shards) }
}
