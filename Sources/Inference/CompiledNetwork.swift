import COpenVINO

/// A network compiled for one thread, with an inference request and input and output tensors of its own.
///
/// One thread at a time may use it, which the compiler checks: it is not `Sendable`, but may be sent.
/// Networks on different threads run side by side and share no state.
///
/// **Where the time is spent.** `infer` computes on the calling thread and no other, so that thread's
/// CPU clock (`CLOCK_THREAD_CPUTIME_ID`) measures an inference: with one stream of one thread OpenVINO
/// takes the caller into its arena. Measured over 500 inferences of 11 µs and 20 of 74 ms, the caller's
/// CPU time was that of the whole process to 0.2 %. `ThreadTests` keeps watch.
package final class CompiledNetwork {
    private let handle: OpaquePointer
    /// Keeps the engine, whose plugin holds the kernels, for as long as the network.
    private let engine: InferenceEngine

    /// What errors call the network.
    package let name: String
    /// The inputs in the order of the graph.
    package let inputs: [TensorDescription]
    /// The outputs in the order of the graph.
    package let outputs: [TensorDescription]

    init(handle: OpaquePointer, name: String, engine: InferenceEngine) {
        self.handle = handle
        self.name = name
        self.engine = engine
        inputs = (0..<openvino_network_tensor_count(handle, openvino_input)).map {
            TensorDescription(handle, openvino_input, $0)
        }
        outputs = (0..<openvino_network_tensor_count(handle, openvino_output)).map {
            TensorDescription(handle, openvino_output, $0)
        }
    }

    deinit {
        openvino_network_destroy(handle)
    }

    /// Runs the network on copies of these values.
    ///
    /// - Parameter values: One array for each input, of as many values as its shape says.
    /// - Returns: One array for each output.
    /// - Throws: `InferenceError` when the number of inputs or of values is wrong, or the engine fails.
    package func run(_ values: [[Float]]) throws(InferenceError) -> [[Float]] {
        guard values.count == inputs.count else {
            throw failure("it has \(inputs.count) inputs and got values for \(values.count)")
        }
        for (input, values) in zip(inputs, values) where values.count != input.count {
            throw failure(
                "input \(input.name) has the shape \(input.shape), which is \(input.count) values,"
                    + " and got \(values.count)"
            )
        }
        for (index, values) in values.enumerated() {
            withInput(index) { _ = $0.update(fromContentsOf: values) }
        }
        try infer()
        return outputs.indices.map { index in withOutput(index) { Array($0) } }
    }

    /// Computes the outputs from what the inputs hold, on the calling thread.
    ///
    /// - Throws: `InferenceError` when the engine fails.
    package func infer() throws(InferenceError) {
        let (reason, done) = withErrorText { openvino_network_infer(handle, $0) }
        guard done else { throw failure(reason) }
    }

    /// Lends an input's values for reading and writing.
    ///
    /// They keep what was written last.
    ///
    /// - Parameters:
    ///   - index: Which of `inputs`.
    ///   - body: Must not let the buffer escape.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    package func withInput<Result, Failure: Error>(
        _ index: Int,
        _ body: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(inputs.indices.contains(index), "the network has no input \(index)")
        let tensor = openvino_network_tensor(handle, openvino_input, index)
        return try body(UnsafeMutableBufferPointer(start: tensor.data, count: tensor.count))
    }

    /// Lends an output's values, those of the last `infer`.
    ///
    /// - Parameters:
    ///   - index: Which of `outputs`.
    ///   - body: Must not let the buffer escape.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    package func withOutput<Result, Failure: Error>(
        _ index: Int,
        _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(outputs.indices.contains(index), "the network has no output \(index)")
        let tensor = openvino_network_tensor(handle, openvino_output, index)
        return try body(UnsafeBufferPointer(start: tensor.data, count: tensor.count))
    }

    private func failure(_ reason: String) -> InferenceError {
        InferenceError(operation: .infer, subject: name, reason: reason)
    }
}
