import Dispatch
import Inference
import Synchronization

/// Workers that compute the examples of a batch side by side.
///
/// How many there are does not depend on the machine, and their sums are taken in a fixed order, so that
/// training gives the same on every machine with the same engine.
struct TrainingPool: Sendable {
    private static let count = 4

    private let workers: [TrainingWorker]
    private let share: Int

    /// Workers for `batch` examples at once, rounded up to a multiple of their number.
    init(
        _ layout: TrainingLayout,
        batch: Int,
        hasGradients: Bool,
        seed: UInt64,
        engine: InferenceEngine
    ) throws(BottleneckError) {
        share = (batch + Self.count - 1) / Self.count
        var workers: [TrainingWorker] = []
        for _ in 0..<Self.count {
            workers.append(
                try TrainingWorker(
                    layout,
                    batch: share,
                    hasGradients: hasGradients,
                    seed: seed,
                    engine: engine
                )
            )
        }
        self.workers = workers
    }

    /// Computes any number of examples; gradients are summed over all.
    func run(
        _ examples: [TrainingWorker.Example],
        of data: TrainingData,
        parameters: [[Float]]
    ) throws(BottleneckError) -> TrainingWorker.Result {
        let parts = stride(from: 0, to: examples.count, by: share).map {
            examples[$0..<min($0 + share, examples.count)]
        }
        let results = Mutex(
            [Result<TrainingWorker.Result, BottleneckError>?](repeating: nil, count: parts.count)
        )
        // A worker has every fourth part, so that no two threads wait for the same one.
        DispatchQueue.concurrentPerform(iterations: min(workers.count, parts.count)) { worker in
            for part in stride(from: worker, to: parts.count, by: workers.count) {
                let result = Result { () throws(BottleneckError) in
                    try workers[worker].run(parts[part], of: data, parameters: parameters)
                }
                results.withLock { $0[part] = result }
            }
        }
        var total: TrainingWorker.Result?
        for result in results.withLock({ $0 }) {
            guard let part = try result?.get() else { preconditionFailure("every part was run") }
            guard var sum = total else {
                total = part
                continue
            }
            total = nil
            for index in sum.outputs.indices { sum.outputs[index] += part.outputs[index] }
            for index in sum.gradients.indices {
                for entry in sum.gradients[index].indices {
                    sum.gradients[index][entry] += part.gradients[index][entry]
                }
            }
            total = sum
        }
        return total ?? .init(outputs: [[], [], []], gradients: [])
    }
}
