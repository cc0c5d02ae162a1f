extension Network {
    /// The graph of vᵀ · ∂output/∂input: the gradient of Σ v · output with respect to the input.
    ///
    /// Of a tail that reads the tensor at a cut and gives logits it is what the Fisher matrix at the
    /// cut is made of.
    ///
    ///     let tail = try network.cut(at: "stage1").tail
    ///     let product = try tail.vectorJacobianProduct(batch: 8)
    ///     let compiled = try engine.compile(onnx: product.serialized(), name: "tail")
    ///     let gradient = try compiled.run([tensor, v])[0]  // shaped as the tensor
    ///
    /// - Parameters:
    ///   - seed: What to call the input v, which has the output's shape; primes are added where the
    ///     network has such a tensor.
    ///   - forwardTensors: Tensors to give out before the gradient, such as the output.
    ///   - batch: How many inputs are run at once, where the network leaves it open.
    /// - Returns: The gradient's graph.
    /// - Throws: What `OnnxModelProto.differentiated(_:)` throws.
    package func vectorJacobianProduct(
        seed: String = "seed",
        alsoComputing forwardTensors: [String] = [],
        batch: Int = 1
    ) throws(GraphError) -> DifferentiatedGraph {
        try model.differentiated(
            DifferentiationRequest(
                of: output.name,
                withRespectTo: [input.name],
                seed: .input(seed),
                alsoComputing: forwardTensors,
                batch: batch
            )
        )
    }
}
