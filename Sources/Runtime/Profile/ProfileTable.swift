import Cluster

/// Collects samples by what they measure, in the order in which they were taken.
struct ProfileTable {
    private struct Key: Hashable {
        let stage: ServiceProfile.Stage
        let key: String
        let batch: Int
        let busySlots: Int
    }

    private struct Samples {
        var nanoseconds: [Int64] = []
        var spanNanoseconds: Int64?
    }

    private var order: [Key] = []
    private var samples: [Key: Samples] = [:]
    /// How many more samples are kept.
    private var room: Int

    /// Over how long samples are added one by one; nil where their order says nothing.
    private let spanNanoseconds: Int64?

    /// - Parameters:
    ///   - bound: Samples of all kinds that are kept, the first ones.
    ///   - spanNanoseconds: Over how long they are taken; nil where their order says nothing.
    init(bound: Int = .max, spanNanoseconds: Int64? = nil) {
        (room, self.spanNanoseconds) = (bound, spanNanoseconds)
    }

    mutating func add(
        _ stage: ServiceProfile.Stage,
        _ key: String,
        batch: Int = 1,
        busySlots: Int = 1,
        _ nanoseconds: Int64
    ) {
        let place = Key(stage: stage, key: key, batch: batch, busySlots: busySlots)
        if samples[place] == nil { start(place, spanNanoseconds: spanNanoseconds) }
        add([nanoseconds], to: place)
    }

    /// Adds what another table holds: its time follows that of this one.
    mutating func add(_ measurements: [ServiceProfile.Measurement]) {
        for measurement in measurements {
            let place = Key(
                stage: measurement.stage,
                key: measurement.key,
                batch: measurement.batch,
                busySlots: measurement.busySlots
            )
            if samples[place] == nil {
                start(place, spanNanoseconds: measurement.spanNanoseconds)
            } else if let span = measurement.spanNanoseconds {
                samples[place]?.spanNanoseconds? += span
            }
            add(measurement.nanoseconds, to: place)
        }
    }

    private mutating func start(_ place: Key, spanNanoseconds: Int64?) {
        order.append(place)
        samples[place] = Samples(spanNanoseconds: spanNanoseconds)
    }

    private mutating func add(_ nanoseconds: [Int64], to place: Key) {
        let kept = nanoseconds.prefix(room)
        room -= kept.count
        samples[place]?.nanoseconds += kept.map { max($0, 0) }
    }

    /// By stage, then in the order of the scenario's operating points.
    var measurements: [ServiceProfile.Measurement] {
        ServiceProfile.Stage.allCases.flatMap { stage in
            order.filter { $0.stage == stage }.map { place in
                let samples = samples[place, default: Samples()]
                return ServiceProfile.Measurement(
                    stage: stage,
                    key: place.key,
                    batch: place.batch,
                    busySlots: place.busySlots,
                    nanoseconds: samples.nanoseconds,
                    spanNanoseconds: samples.spanNanoseconds
                )
            }
        }
    }
}
