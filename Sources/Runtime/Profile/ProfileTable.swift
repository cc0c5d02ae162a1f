import Cluster
import SimulationCore

/// Collects samples by what they measure, in the order in which they were taken.
struct ProfileTable {
    /// When a sample was taken, and how long its slot had been idle before.
    struct Moment {
        var time: SimulationTime
        var idleTime: SimulationDuration
    }

    private struct Key: Hashable {
        let stage: ServiceProfile.Stage
        let key: String
        let batch: Int
        let busySlots: Int
    }

    private struct Samples {
        var nanoseconds: [Int64] = []
        /// Of each; nil where the order of samples says nothing.
        var moments: [Moment]?
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
    ///   - moment: When it was taken, not before others were; nil where the order of samples says nothing.
    ///   - nanoseconds: The duration.
    mutating func add(
        _ stage: ServiceProfile.Stage,
        _ key: String,
        batch: Int = 1,
        busySlots: Int = 1,
        at moment: Moment? = nil,
        _ nanoseconds: Int64
    ) {
        precondition(moment == nil || spanNanoseconds != nil, "samples in order have a span")
        add(
            [nanoseconds],
            moments: moment.map { [$0] },
            to: Key(stage: stage, key: key, batch: batch, busySlots: busySlots)
        )
    }

    /// Adds what another table holds: its time follows that of this one.
    mutating func add(_ measurements: [ServiceProfile.Measurement]) {
        let start = spanNanoseconds ?? 0
        if let span = measurements.lazy.compactMap(\.spanNanoseconds).max() {
            spanNanoseconds = start + span
        }
        for measurement in measurements {
            let place = Key(
                stage: measurement.stage,
                key: measurement.key,
                batch: measurement.batch,
                busySlots: measurement.busySlots
            )
            add(measurement.nanoseconds, moments: Self.moments(measurement, from: start), to: place)
        }
    }

    private static func moments(
        _ measurement: ServiceProfile.Measurement,
        from start: Int64
    ) -> [Moment]? {
        guard let taken = measurement.takenNanoseconds, let idle = measurement.idleNanoseconds
        else { return nil }
        return zip(taken, idle).map {
            Moment(
                time: SimulationTime(nanoseconds: start + $0),
                idleTime: SimulationDuration(nanoseconds: $1)
            )
        }
    }

    private mutating func add(_ nanoseconds: [Int64], moments: [Moment]?, to place: Key) {
        if samples[place] == nil {
            order.append(place)
            samples[place] = Samples(moments: moments == nil ? nil : [])
        }
        let kept = nanoseconds.prefix(room)
        room -= kept.count
        samples[place]?.nanoseconds += kept.map { max($0, 0) }
        if let moments {
            samples[place]?.moments? += moments.prefix(kept.count)
        } else {
            samples[place]?.moments = nil
        }
    }

    /// By stage, then in the order of the scenario's operating points.
    var measurements: [ServiceProfile.Measurement] {
        ServiceProfile.Stage.allCases.flatMap { stage in
            order.filter { $0.stage == stage }.map { place in
                let samples = samples[place, default: Samples()]
                let span = samples.moments == nil ? nil : spanNanoseconds
                return ServiceProfile.Measurement(
                    stage: stage,
                    key: place.key,
                    batch: place.batch,
                    busySlots: place.busySlots,
                    nanoseconds: samples.nanoseconds,
                    spanNanoseconds: span,
                    // What is taken while the last requests leave belongs to the end.
                    takenNanoseconds: samples.moments?.map { min($0.time.nanoseconds, span ?? 0) },
                    idleNanoseconds: samples.moments?.map(\.idleTime.nanoseconds)
                )
            }
        }
    }
}
