/// Service times measured on a host: raw samples for every stage, codec and batch size.
package struct ServiceProfile: Codable, Sendable, Equatable {
    package static let currentSchema = 1

    package struct Host: Codable, Sendable, Equatable {
        package var processor: String
        package var cores: Int
        package var engine: String

        package init(processor: String, cores: Int, engine: String) {
            self.processor = processor
            self.cores = cores
            self.engine = engine
        }
    }

    package enum Stage: String, Codable, Sendable, CaseIterable {
        case head, encode, decode, tail
    }

    package struct Measurement: Codable, Sendable, Equatable {
        package var stage: Stage
        /// The codec's key for `encode` and `decode`, the head's or tail's for the others.
        package var key: String
        /// Of a tail, the samples processed together; of decoding, `laterInBatch` for payloads that follow another
        /// in their batch, whose code and tables lie in the caches by then; else 1.
        package var batch: Int
        /// Slots that were computing at once, this one included.
        package var busySlots: Int
        /// Thread CPU time of each repetition, in a file ascending unless there is a `spanNanoseconds`.
        package var nanoseconds: [Int64]
        /// Over how long the samples were taken, which are then in that order; nil where their order says nothing.
        ///
        /// The times of several workers follow one another.
        package var spanNanoseconds: Int64?
        /// When in that time each sample was taken, ascending; nil where they are as far from one another.
        package var takenNanoseconds: [Int64]?
        /// How long the slot had been idle before each sample, by the run's time; nil where nobody looked.
        ///
        /// Of a device's stages, how long before the processor had begun those of the request before. Only of samples
        /// that are in order. They hold for hardware of the factors under which they were taken, as slower hardware is
        /// idle for less of its time.
        package var idleNanoseconds: [Int64]?

        package init(
            stage: Stage,
            key: String,
            batch: Int,
            busySlots: Int,
            nanoseconds: [Int64],
            spanNanoseconds: Int64? = nil,
            takenNanoseconds: [Int64]? = nil,
            idleNanoseconds: [Int64]? = nil
        ) {
            self.stage = stage
            self.key = key
            self.batch = batch
            self.busySlots = busySlots
            self.nanoseconds = nanoseconds
            self.spanNanoseconds = spanNanoseconds
            self.takenNanoseconds = takenNanoseconds
            self.idleNanoseconds = idleNanoseconds
        }
    }

    /// An hour, the longest that a sample may be: far more than a stage takes.
    package static let longestNanoseconds: Int64 = 3_600_000_000_000

    /// The `batch` of decoding a payload that is not its batch's first.
    package static let laterInBatch = 2

    package var schema = currentSchema
    package var host: Host
    /// SHA-256 of the network that was measured.
    package var network: String
    /// The command that measured it.
    package var command: String
    /// How the figures came about when they were not measured.
    package var estimate: String?
    /// How many devices shared a processor when their stages were measured in order; nil where they were not.
    package var devicesPerProcessor: Int?
    package var measurements: [Measurement]

    package init(
        host: Host,
        network: String,
        command: String,
        estimate: String? = nil,
        devicesPerProcessor: Int? = nil,
        measurements: [Measurement]
    ) {
        self.host = host
        self.network = network
        self.command = command
        self.estimate = estimate
        self.devicesPerProcessor = devicesPerProcessor
        self.measurements = measurements
    }

    /// What was measured of a stage.
    package func measurements(of stage: Stage, key: String) -> [Measurement] {
        measurements.filter { $0.stage == stage && $0.key == key && !$0.nanoseconds.isEmpty }
    }
}
