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
        var spanNanoseconds: Int64?
        /// Of all samples or none.
        var restNanoseconds: [Int64]?
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

    /// Adds a sample.
    ///
    /// - Parameters:
    ///   - stage: What was measured.
    ///   - key: The codec's key, or the head's or tail's.
    ///   - batch: How many were processed together, or `ServiceProfile.laterInBatch`.
    ///   - busySlots: Slots that were computing at once, this one included.
    ///   - rest: How long there was nothing to do before; kept where samples have an order.
    ///   - nanoseconds: The duration.
    mutating func add(
        _ stage: ServiceProfile.Stage,
        _ key: String,
        batch: Int = 1,
        busySlots: Int = 1,
        rest: SimulationDuration = .zero,
        _ nanoseconds: Int64
    ) {
        let place = Key(stage: stage, key: key, batch: batch, busySlots: busySlots)
        if samples[place] == nil {
            let rests: [Int64]? = spanNanoseconds == nil ? nil : []
            start(place, Samples(spanNanoseconds: spanNanoseconds, restNanoseconds: rests))
        }
        add([nanoseconds], rests: spanNanoseconds.map { _ in [rest.nanoseconds] }, to: place)
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
                let rests: [Int64]? = measurement.restNanoseconds == nil ? nil : []
                start(
                    place,
                    Samples(
                        spanNanoseconds: measurement.spanNanoseconds,
                        restNanoseconds: rests
                    )
                )
            } else if let span = measurement.spanNanoseconds {
                samples[place]?.spanNanoseconds? += span
            }
            add(measurement.nanoseconds, rests: measurement.restNanoseconds, to: place)
        }
    }

    private mutating func start(_ place: Key, _ none: Samples) {
        order.append(place)
        samples[place] = none
    }

    private mutating func add(_ nanoseconds: [Int64], rests: [Int64]?, to place: Key) {
        let kept = nanoseconds.prefix(room)
        room -= kept.count
        samples[place]?.nanoseconds += kept.map { max($0, 0) }
        if let rests {
            samples[place]?.restNanoseconds? += rests.prefix(kept.count)
        } else {
            samples[place]?.restNanoseconds = nil
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
                    spanNanoseconds: samples.spanNanoseconds,
                    restNanoseconds: samples.restNanoseconds
                )
            }
        }
    }
}
