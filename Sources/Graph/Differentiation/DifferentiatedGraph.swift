/// An ONNX graph that computes gradients, all of its shapes fixed.
///
/// It is an ordinary float32 model, to be compiled once and run with new inputs for every step. Go by
/// the order of inputs and outputs: where a node is optimised away, the engine may report a tensor
/// under the name of another that is the same.
package struct DifferentiatedGraph: Sendable {
    /// The forward and the backward pass.
    package let model: OnnxModelProto
    /// The inputs of the original graph in its order, then the initializers that became inputs in the
    /// order of the request, then the seed if it is an input.
    package let inputs: [String]
    /// The forward tensors in the order of the request, then a gradient for each variable.
    package let outputs: [String]
    /// The output that holds the gradient for each variable, in the order of the request.
    package let gradients: [String]

    /// The bytes of an ONNX file that holds the graph.
    ///
    /// - Throws: a model beyond the 2 GiB that protobuf can hold.
    package func serialized() throws(GraphError) -> [UInt8] {
        try model.serialized()
    }
}
