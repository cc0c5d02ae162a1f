import Cluster
import SimulationCore

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
        /// Before each; nil where the order of samples says nothing.
        var idleNanoseconds: [Int64]?
    }

    private var order: [Key] = []
    private var samples: [Key: Samples] = [:]
    /// How many more samples are kept.
    private var room: Int
    /// Over how long samples in order are taken, of whatever kind; nil while there are none.
    ///
    /// One for all: what belongs to one moment is then in the same place of each.
    private var spanNanoseconds: Int64?

    /// - Parameters:
    ///   - bound: Samples of all kinds that are kept, the first ones.
    ///   - spanNanoseconds: Over how long they are taken, if they come in order.
    init(bound: Int = .max, spanNanoseconds: Int64? = nil) {
        (room, self.spanNanoseconds) = (bound, spanNanoseconds)
    }

    /// Adds a sample.
    ///
    /// - Parameters:
    ///   - stage: What was measured.
    ///   - key: The codec's key, or the head's or tail's.
    ///   - batch: How many were processed together, or `ServiceProfile.laterInBatch`.
    ///   - busySlots: Slots that were computing at once, this one included.
    ///   - idleTime: How long the slot was idle before; nil where the order of samples says nothing.
    ///   - nanoseconds: The duration.
    mutating func add(
        _ stage: ServiceProfile.Stage,
        _ key: String,
        batch: Int = 1,
        busySlots: Int = 1,
        idleTime: SimulationDuration? = nil,
        _ nanoseconds: Int64
    ) {
        precondition(idleTime == nil || spanNanoseconds != nil, "samples in order have a span")
        add(
            [nanoseconds],
            idle: idleTime.map { [$0.nanoseconds] },
            to: Key(stage: stage, key: key, batch: batch, busySlots: busySlots)
        )
    }

    /// Adds what another table holds: its time follows that of this one.
    mutating func add(_ measurements: [ServiceProfile.Measurement]) {
        if let span = measurements.lazy.compactMap(\.spanNanoseconds).max() {
            spanNanoseconds = (spanNanoseconds ?? 0) + span
        }
        for measurement in measurements {
            let place = Key(
                stage: measurement.stage,
                key: measurement.key,
                batch: measurement.batch,
                busySlots: measurement.busySlots
            )
            add(measurement.nanoseconds, idle: measurement.idleNanoseconds, to: place)
        }
    }

    private mutating func add(_ nanoseconds: [Int64], idle: [Int64]?, to place: Key) {
        if samples[place] == nil {
            order.append(place)
            samples[place] = Samples(idleNanoseconds: idle == nil ? nil : [])
        }
        let kept = nanoseconds.prefix(room)
        room -= kept.count
        samples[place]?.nanoseconds += kept.map { max($0, 0) }
        if let idle {
            samples[place]?.idleNanoseconds? += idle.prefix(kept.count)
        } else {
            samples[place]?.idleNanoseconds = nil
        }
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
                    spanNanoseconds: samples.idleNanoseconds == nil ? nil : spanNanoseconds,
                    idleNanoseconds: samples.idleNanoseconds
                )
            }
        }
    }
}
