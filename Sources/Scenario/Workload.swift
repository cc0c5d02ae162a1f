package import SimulationCore

/// What a request computes.
package enum Workload: Sendable {
    case network(NetworkWorkload)
    case synthetic(SyntheticWorkload)
}

/// Real split inference of a pretrained network over a labelled data set.
package struct NetworkWorkload: Sendable {
    /// Path of the ONNX file.
    package var onnx: String
    package var input: InputFormat
    package var dataset: Dataset
    /// Samples that entropy tables and quantiser ranges are taken from; disjoint from `dataset`.
    package var calibration: Dataset?

    /// How pixels become the network's input: `(pixel − mean) / scale`, pixels 0…255.
    package struct InputFormat: Sendable, Equatable {
        package var height: Int
        package var width: Int
        package var channels: Int
        package var mean: Double
        package var scale: Double
    }

    /// A run of samples of an IDX pair (images and labels), `first ..< first + count`.
    package struct Dataset: Sendable, Equatable {
        package var images: String
        package var labels: String
        package var first: Int
        package var count: Int
    }
}

/// Work without a network: durations are drawn, payloads have a fixed size, accuracy is unknown.
///
/// Durations are not scaled by hardware factors.
package struct SyntheticWorkload: Sendable, Equatable {
    package var payloadBytes: Int
    package var resultBytes: Int
    package var device: DurationDistribution
    package var edge: DurationDistribution
}

/// A distribution of durations.
package enum DurationDistribution: Sendable, Equatable {
    case constant(SimulationDuration)
    case exponential(mean: SimulationDuration)
    case uniform(low: SimulationDuration, high: SimulationDuration)
}
