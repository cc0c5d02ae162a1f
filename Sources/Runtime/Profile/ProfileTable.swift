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
    /// How many more samples are kept.
    private var room: Int

    /// - Parameter bound: Samples of all kinds that are kept, the first ones.
    init(bound: Int = .max) { room = bound }

    mutating func add(
        _ stage: ServiceProfile.Stage,
        _ key: String,
        batch: Int = 1,
        busySlots: Int = 1,
        _ nanoseconds: Int64
    ) {
        add([nanoseconds], to: Key(stage: stage, key: key, batch: batch, busySlots: busySlots))
    }

    /// Adds what another table holds.
    mutating func add(_ measurements: [ServiceProfile.Measurement]) {
        for measurement in measurements {
            let place = Key(
                stage: measurement.stage,
                key: measurement.key,
                batch: measurement.batch,
                busySlots: measurement.busySlots
            )
            add(measurement.nanoseconds, to: place)
        }
    }

    private mutating func add(_ nanoseconds: [Int64], to place: Key) {
        if samples[place] == nil { order.append(place) }
        let kept = nanoseconds.prefix(room)
        room -= kept.count
        samples[place, default: []] += kept.map { max($0, 0) }
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
