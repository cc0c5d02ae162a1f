import Graph
import Inference

extension InferenceEngine {
    /// Compiles a model for batches of `batch` samples.
    ///
    /// - Throws: `BottleneckError` when the engine cannot run it.
    func compile(
        _ model: OnnxModelProto,
        name: String,
        batch: Int
    ) throws(BottleneckError) -> sending CompiledNetwork {
        let bytes = try BottleneckError.rethrowing { () throws(GraphError) in
            try model.serialized()
        }
        do throws(InferenceError) {
            return try compile(onnx: bytes, name: name, shapes: .batch(batch))
        } catch {
            throw BottleneckError(error)
        }
    }
}
