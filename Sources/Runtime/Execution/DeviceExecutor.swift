import Bottleneck
import Cluster
import Coding
import ImageCodecs
package import Inference
package import Scenario

/// A device's real share of a request: head, quantiser and entropy coder, or image codec.
///
/// A bottleneck unit's encoder is one graph with the head, and so part of that stage.
/// Belongs to one thread, and measures that thread's CPU time.
package final class DeviceExecutor {
    package struct Output: Sendable {
        /// What goes over the uplink; empty for a local request.
        package var payload: [UInt8] = []
        /// Of a local request.
        package var prediction: Prediction?
        package var headNanoseconds: Int64 = 0
        package var encodeNanoseconds: Int64 = 0
    }

    private let plan: NetworkPlan
    /// By `headKey`.
    private var heads: [String: CompiledNetwork] = [:]
    private var scratch = CodingScratch()
    private var latentScratch = LatentScratch()
    private var warmUp = WarmUp()
    private var lastPixels: ArraySlice<UInt8>?

    /// Compiles what `points` need.
    ///
    /// - Throws: `InferenceError`.
    package init(_ plan: NetworkPlan, engine: InferenceEngine, points: [Int]) throws {
        self.plan = plan
        for index in points {
            guard let key = plan.points[index].headKey, heads[key] == nil else { continue }
            heads[key] = try engine.compile(
                onnx: plan.deviceGraph(of: plan.points[index]),
                name: "head “\(key)”",
                shapes: .batch(1)
            )
        }
    }

    /// Runs the device's share of an operating point on a sample's pixels, as `factors` times slower hardware
    /// would, whose caches stay warm (`WarmUp`).
    package func run(
        _ point: Int,
        pixels: ArraySlice<UInt8>,
        for factors: Hardware.Factors = .unscaled
    ) throws -> Output {
        for _ in 0..<warmUp.runs(for: factors, at: MonotonicClock.now) {
            _ = try measure(point, pixels: lastPixels ?? pixels)
        }
        defer { warmUp.workEnded(at: MonotonicClock.now) }
        lastPixels = pixels
        return try measure(point, pixels: pixels)
    }

    private func measure(_ point: Int, pixels: ArraySlice<UInt8>) throws -> Output {
        var output = Output()
        let start = MonotonicClock.threadTime
        let head = try runHead(point, pixels: pixels)
        let headEnd = MonotonicClock.threadTime
        if plan.points[point].kind == .local {
            output.prediction = head?.withOutput(0) { Prediction(logits: $0) }
            output.headNanoseconds = MonotonicClock.threadTime - start
            return output
        }
        output.headNanoseconds = head == nil ? 0 : headEnd - start
        output.payload = try encode(point, head: head, pixels: pixels)
        output.encodeNanoseconds = MonotonicClock.threadTime - headEnd
        return output
    }

    /// The tensor at the cut, for calibration.
    package func tensor(_ point: Int, pixels: ArraySlice<UInt8>) throws -> [Float] {
        try runHead(point, pixels: pixels)?.withOutput(0) { Array($0) } ?? []
    }

    private func runHead(_ point: Int, pixels: ArraySlice<UInt8>) throws -> CompiledNetwork? {
        guard let key = plan.points[point].headKey, let head = heads[key] else { return nil }
        head.withInput(0) { plan.workload.input.write(pixels, to: $0) }
        try head.infer()
        return head
    }

    private func encode(
        _ point: Int,
        head: CompiledNetwork?,
        pixels: ArraySlice<UInt8>
    ) throws -> [UInt8] {
        switch plan.points[point].kind {
        case .local, .synthetic: return []
        case .raw: return Array(pixels)
        case .png: return try PNG.encode(image(pixels))
        case .jpeg(let quality): return try JPEG.encode(image(pixels), quality: quality)
        case .webp(let quality): return try WebP.encode(image(pixels), quality: quality)
        case .splitFloat, .splitQuantized:
            guard let codec = plan.codecs[point], let head else {
                preconditionFailure("the operating point was not calibrated")
            }
            var payload: [UInt8] = []
            head.withOutput(0) { codec.encode($0, into: &payload, scratch: &scratch) }
            return payload
        case .unit:
            guard let codec = plan.unitCodecs[point], let head else {
                preconditionFailure("the operating point has a bundle")
            }
            var payload: [UInt8] = []
            head.withOutput(0) { codec.encode($0, into: &payload, scratch: &latentScratch) }
            return payload
        }
    }

    private func image(_ pixels: ArraySlice<UInt8>) -> PixelImage {
        let format = plan.workload.input
        return PixelImage(
            width: format.width,
            height: format.height,
            channels: format.channels == 1 ? .gray : .rgb,
            samples: Array(pixels)
        )
    }
}
