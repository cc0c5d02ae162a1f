import Cluster

/// Collects samples by what they measure, in the order in which each was first seen.
struct ProfileTable {
    private struct Key: Hashable {
        let stage: ServiceProfile.Stage
        let key: String
        let batch: Int
        let busySlots: Int
    }

    private var order: [Key] = []
    private var samples: [Key: [Int64]] = [:]

    mutating func add(
        _ stage: ServiceProfile.Stage,
        _ key: String,
        batch: Int = 1,
        busySlots: Int = 1,
        _ nanoseconds: Int64
    ) {
        let place = Key(stage: stage, key: key, batch: batch, busySlots: busySlots)
        if samples[place] == nil { order.append(place) }
        samples[place, default: []].append(max(nanoseconds, 0))
    }

    /// By stage, then in the order of the scenario's operating points.
    var measurements: [ServiceProfile.Measurement] {
        ServiceProfile.Stage.allCases.flatMap { stage in
            order.filter { $0.stage == stage }.map {
                ServiceProfile.Measurement(
                    stage: stage,
                    key: $0.key,
                    batch: $0.batch,
                    busySlots: $0.busySlots,
                    nanoseconds: samples[$0, default: []].sorted()
                )
            }
        }
    }
}
