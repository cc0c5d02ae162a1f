import Bottleneck
import Cluster
import Coding
import ImageCodecs
package import Inference
package import Scenario

/// An edge slot's real work: decode every payload of a batch, then run the tail on all at once.
///
/// A bottleneck unit's decoder is one graph with the tail. Its rates share it: only how a payload becomes a
/// latent differs.
/// Belongs to one thread, and measures that thread's CPU time.
package final class EdgeExecutor {
    /// One request of a batch.
    package struct Item: Sendable {
        package var operatingPoint: Int
        package var payload: [UInt8]

        package init(operatingPoint: Int, payload: [UInt8]) {
            self.operatingPoint = operatingPoint
            self.payload = payload
        }
    }

    package struct Output: Sendable {
        /// In the batch's order; a payload that did not decode has an error in place of logits.
        package var results: [Result<[Float], PayloadError>] = []
        /// Of each payload.
        package var decodeNanoseconds: [Int64] = []
        package var tailNanoseconds: Int64 = 0
    }

    private struct Key: Hashable {
        let entry: Int
        let batch: Int
    }

    private let plan: NetworkPlan
    private let engine: InferenceEngine
    private var tails: [Key: CompiledNetwork] = [:]
    private var scratch = CodingScratch()
    private var latentScratch = LatentScratch()
    private var warmUp = WarmUp()
    private var lastItems: [Key: [Item]] = [:]

    /// Compiles the tails of `points` for the batch sizes given.
    ///
    /// - Throws: `InferenceError`.
    package init(
        _ plan: NetworkPlan,
        engine: InferenceEngine,
        points: [Int],
        batchSizes: [Int]
    ) throws {
        self.plan = plan
        self.engine = engine
        let entries = Set(
            points.filter { plan.points[$0].isOffloaded }.map { plan.entries.entryOfPoint[$0] }
        )
        for entry in entries.sorted() {
            for batch in batchSizes { _ = try tail(Key(entry: entry, batch: batch)) }
        }
    }

    /// Serves a batch of requests that enter the network at one tensor, as `factors` times slower hardware
    /// would, whose caches stay warm (`WarmUp`).
    ///
    /// - Throws: `InferenceError`; a bad payload is an error of its request alone.
    package func run(
        _ items: [Item],
        for factors: Hardware.Factors = .unscaled
    ) throws -> Output {
        let entry = plan.entries.entryOfPoint[items[0].operatingPoint]
        let key = Key(entry: entry, batch: items.count)
        let tail = try tail(key)
        for _ in 0..<warmUp.runs(for: factors, at: MonotonicClock.now) {
            _ = try measure(lastItems[key] ?? items, tail)
        }
        defer { warmUp.workEnded(at: MonotonicClock.now) }
        lastItems[key] = items
        return try measure(items, tail)
    }

    private func measure(_ items: [Item], _ tail: CompiledNetwork) throws -> Output {
        var output = Output()
        var last = MonotonicClock.threadTime
        let errors = tail.withInput(0) { input in
            let width = input.count / items.count
            return items.indices.map { index -> PayloadError? in
                defer {
                    let now = MonotonicClock.threadTime
                    output.decodeNanoseconds.append(now - last)
                    last = now
                }
                let slice = UnsafeMutableBufferPointer(
                    rebasing: input[index * width..<(index + 1) * width]
                )
                do {
                    try decode(items[index], into: slice)
                    return nil
                } catch {
                    slice.update(repeating: 0)
                    return error as? PayloadError ?? PayloadError(reason: "\(error)")
                }
            }
        }
        try tail.infer()
        output.results = tail.withOutput(0) { logits in
            let width = logits.count / items.count
            return errors.enumerated().map { index, error in
                if let error { return .failure(error) }
                return .success(Array(logits[index * width..<(index + 1) * width]))
            }
        }
        output.tailNanoseconds = MonotonicClock.threadTime - last
        return output
    }

    private func tail(_ key: Key) throws -> CompiledNetwork {
        if let known = tails[key] { return known }
        let compiled = try engine.compile(
            onnx: plan.edgeGraph(entry: key.entry),
            name: "tail “\(plan.entries.keys[key.entry])”",
            shapes: .batch(key.batch)
        )
        tails[key] = compiled
        return compiled
    }

    private func decode(_ item: Item, into input: UnsafeMutableBufferPointer<Float>) throws {
        let format = plan.workload.input
        let size = ImageSize(width: format.width, height: format.height)
        switch plan.points[item.operatingPoint].kind {
        case .local, .synthetic: throw PayloadError(reason: "the operating point sends nothing")
        case .raw:
            guard item.payload.count == input.count else {
                throw PayloadError(
                    reason: "it has \(item.payload.count) bytes, not \(input.count)"
                )
            }
            format.write(item.payload, to: input)
        case .png: try write(PNG.decode(item.payload, expecting: size), to: input)
        case .jpeg: try write(JPEG.decode(item.payload, expecting: size), to: input)
        case .webp:
            let image = try WebP.decode(item.payload, expecting: size)
            try write(format.converted(image), to: input)
        case .splitFloat, .splitQuantized:
            guard let codec = plan.codecs[item.operatingPoint] else {
                throw PayloadError(reason: "the operating point was not calibrated")
            }
            try codec.decode(item.payload, into: input, scratch: &scratch)
        case .unit:
            guard let codec = plan.unitCodecs[item.operatingPoint] else {
                preconditionFailure("the operating point has a bundle")
            }
            try codec.decode(item.payload, into: input, scratch: &latentScratch)
        }
    }

    private func write(_ image: PixelImage, to input: UnsafeMutableBufferPointer<Float>) throws {
        let format = plan.workload.input
        guard image.channels.rawValue == format.channels else {
            throw PayloadError(
                reason: "the image has \(image.channels.rawValue) channels, not \(format.channels)"
            )
        }
        format.write(image.samples, to: input)
    }
}

/// A payload that was refused.
package struct PayloadError: Error, Equatable, Sendable, CustomStringConvertible {
    package var reason: String
    package var description: String { "the payload was refused: \(reason)" }
}
