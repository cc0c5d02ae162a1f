import Coding
package import Inference
import Scenario

extension NetworkPlan {
    /// Fits ranges and entropy tables of the quantised points to the calibration samples.
    ///
    /// - Throws: `InvalidInput` or `InferenceError`.
    package mutating func calibrate(points: [Int], engine: InferenceEngine) throws {
        let wanted = points.filter { codecs[$0] == nil && self.points[$0].isQuantized }
        guard !wanted.isEmpty, let calibration = workload.calibration else { return }
        let samples = try SampleSet(calibration, input: workload.input)
        let executor = try DeviceExecutor(self, engine: engine, points: wanted)
        var tensors: [String: [[Float]]] = [:]
        for point in wanted {
            guard case .splitQuantized(let tensor, let bits) = self.points[point].kind,
                let cut = cuts[tensor]
            else { continue }
            if tensors[tensor] == nil {
                tensors[tensor] = try (0..<samples.count).map {
                    try executor.tensor(point, pixels: samples.pixels($0))
                }
            }
            codecs[point] = .compact(
                tensors: tensors[tensor] ?? [],
                bits: bits,
                channels: cut.channels
            )
        }
    }

    /// The codecs by operating point, for other processes; empty where there is none.
    package var codecDescriptions: [[UInt8]] { codecs.map { $0?.encodedDescription ?? [] } }

    /// Takes over what another process has calibrated.
    ///
    /// - Throws: `CodingError`.
    package mutating func adopt(codecDescriptions: [[UInt8]]) throws {
        for (index, description) in codecDescriptions.enumerated() where !description.isEmpty {
            codecs[index] = try TensorCodec(description: description)
        }
    }
}
