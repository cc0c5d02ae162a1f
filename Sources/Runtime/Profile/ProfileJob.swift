import Cluster
import Scenario

/// One thing that is measured again and again.
enum ProfileJob: Sendable, Equatable {
    /// The device's share of an operating point: head and encoding.
    case device(point: Int)
    /// One payload of an operating point at the edge server: decoding.
    case decode(point: Int)
    /// A tail, entered with payloads of an operating point, while other slots run the same.
    case tail(point: Int, batch: Int, busySlots: Int)

    /// Everything that a profile of `points` holds.
    ///
    /// A tail is entered with the first operating point that enters there: the tail does not see
    /// how its input was coded.
    static func all(_ points: [OperatingPoint], batches: [Int], busySlots: [Int]) -> [Self] {
        let offloaded = points.indices.filter { points[$0].isOffloaded }
        var jobs = points.indices.map { Self.device(point: $0) }
        jobs += offloaded.map { .decode(point: $0) }
        var entered: Set<String> = []
        for point in offloaded where entered.insert(points[point].tailKey).inserted {
            for busy in busySlots {
                jobs += batches.map { .tail(point: point, batch: $0, busySlots: busy) }
            }
        }
        return jobs
    }

    /// 1, 2, 4, … and `most` itself.
    static func doublings(to most: Int) -> [Int] {
        var sizes: [Int] = []
        var size = 1
        while size < most {
            sizes.append(size)
            size *= 2
        }
        return sizes + [max(most, 1)]
    }
}
