/// A tensor that alone separates the input of a network from its output.
package struct SplitPoint: Hashable, Sendable {
    /// The tensor's name in the ONNX graph.
    package let tensor: String
    /// Its element type and shape for one input.
    package let type: TensorType
    /// The cost of computing the tensor from the input.
    package let head: Cost
    /// The cost of computing the output from the tensor.
    package let tail: Cost

    package init(tensor: String, type: TensorType, head: Cost, tail: Cost) {
        self.tensor = tensor
        self.type = type
        self.head = head
        self.tail = tail
    }
}
