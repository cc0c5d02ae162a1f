import Dispatch
import Synchronization

/// Work on many samples in a fixed number of parts, each on a thread of its own.
///
/// The parts depend on nothing but the number of samples, so that sums taken part by part are the
/// same on every machine.
enum Shards {
    /// More parts would compile networks more often than they save time.
    private static let count = 4

    /// What `body` makes of each part of 0..<`samples`, in the order of the parts.
    ///
    /// - Throws: What `body` throws first, in the order of the parts.
    static func map<Result: Sendable>(
        samples: Int,
        _ body: @Sendable (Range<Int>) throws(BottleneckError) -> Result
    ) throws(BottleneckError) -> [Result] {
        let parts = (0..<min(count, samples)).map { part in
            part * samples / min(count, samples)..<(part + 1) * samples / min(count, samples)
        }
        let results = Mutex(
            [Swift.Result<Result, BottleneckError>?](
                repeating: nil,
                count: parts.count
            )
        )
        DispatchQueue.concurrentPerform(iterations: parts.count) { index in
            let result = Swift.Result { () throws(BottleneckError) in try body(parts[index]) }
            results.withLock { $0[index] = result }
        }
        var values: [Result] = []
        for result in results.withLock({ $0 }) {
            guard let result else { preconditionFailure("every part was run") }
            values.append(try result.get())
        }
        return values
    }
}
