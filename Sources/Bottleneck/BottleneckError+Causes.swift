import Graph
import Inference

extension BottleneckError {
    init(_ error: GraphError) {
        self.init(error.subject, error.problem, remedy: error.remedy)
    }

    init(_ error: InferenceError) {
        self.init(error.subject, error.reason, remedy: error.advice)
    }

    /// Training whose numbers have left their range.
    static func diverged(_ reason: String) -> Self {
        Self("training", reason, remedy: "lower the learning rates")
    }

    /// What `body` returns, its errors as those of a unit's design.
    static func rethrowing<Result>(
        _ body: () throws(GraphError) -> Result
    ) throws(BottleneckError) -> Result {
        do {
            return try body()
        } catch {
            throw BottleneckError(error)
        }
    }
}
