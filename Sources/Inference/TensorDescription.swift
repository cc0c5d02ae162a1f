/// The name and shape of a network's input or output, whose values are row-major float32.
package struct TensorDescription: Equatable, Sendable {
    /// The tensor's name in the ONNX graph.
    package let name: String
    /// The size of each dimension; empty for a scalar.
    package let shape: [Int]

    /// The number of values.
    package var count: Int { shape.reduce(1, *) }
}
